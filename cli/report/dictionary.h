// What a schema is, for people: a data dictionary with a diagram of its tables.
#pragma once

#include <string>

#include "schema/catalog.h"

namespace schemadiff::cli {

// The same catalog gives the same bytes, so that a stale one is told from a fresh one.
std::string dictionary_markdown(const schema::Catalog& catalog);
std::string dictionary_html(const schema::Catalog& catalog);

}  // namespace schemadiff::cli
