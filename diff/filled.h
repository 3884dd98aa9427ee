// Which materialized views hold rows.
#pragma once

#include <vector>

#include "schema/catalog.h"

namespace schemadiff::diff {

// A materialized view that is made again is filled as it was, whatever the file says: every dump
// says WITH NO DATA, of filled ones too. One that reads another that is not filled cannot be
// (REFRESH MATERIALIZED VIEW). Gives those of `to` that are new and stay empty for that.
// Both catalogs have been analysed.
std::vector<schema::ObjectId> keep_filled(schema::Catalog& from, schema::Catalog& to);

}  // namespace schemadiff::diff
