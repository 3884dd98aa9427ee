// What the system catalogs tell of an object, asked in SQL.
#pragma once

#include <vector>

#include "engine/plan.h"
#include "schema/catalog.h"

namespace schemadiff::engine {

// What holds where the object is as `side` has it, or is missing where that has none. Empty for
// kinds of which no short query tells.
std::vector<CatalogCheck> catalog_checks(const schema::ObjectId& id, const schema::Catalog& side);

}  // namespace schemadiff::engine
