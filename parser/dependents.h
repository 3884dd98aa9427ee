// What stands on an object by its text alone, before the text is analysed.
#pragma once

#include "parser/builder.h"

namespace schemadiff::parser {

// The views and materialized views whose queries read the relation; `name` is its own.
std::vector<schema::QualifiedName> views_reading(const Builder& builder,
                                                 const schema::QualifiedName& name);

}  // namespace schemadiff::parser
