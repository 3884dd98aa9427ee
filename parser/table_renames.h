// Gives tables the names that the desired schema has for them.
#pragma once

#include "schema/catalog.h"
#include "schema/renamed_table.h"

namespace schemadiff::parser {

// Follows the hints `renamed_from` of the tables of `to` in `from`, which is not analysed yet:
// there the tables, and what is called after them as the server would, have the new names then.
// Returns what was renamed. A hint whose table is not there under the old name, or there under both
// names, has been followed before and means nothing.
std::vector<schema::RenamedTable> follow_table_renames(schema::Catalog& from,
                                                       const schema::Catalog& to);

}  // namespace schemadiff::parser
