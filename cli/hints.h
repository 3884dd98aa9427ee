// Hints of schemadiff.toml.
#pragma once

#include "cli/config.h"
#include "schema/catalog.h"

namespace schemadiff::cli {

// Adds them to the tables, columns and enums of the desired schema. Throws Error for one that is
// not there, with the nearest one.
void add_hints(const Config& config, schema::Catalog& catalog);

}  // namespace schemadiff::cli
