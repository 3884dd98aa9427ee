// Which columns of large tables change their type by way of a new column.
#pragma once

#include "engine/operation.h"

namespace schemadiff::engine {

// Fills context.retyped.
void collect_retypes(Context& context);

}  // namespace schemadiff::engine
