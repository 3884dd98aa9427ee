// Which columns are the old ones under another name, as hints say.
#pragma once

#include "engine/operation.h"

namespace schemadiff::engine {

// Fills context.renamed_from and renamed_to from the hints `renamed_from` of new columns. A hint
// whose old column is gone has been followed before, and means nothing. Throws Error for a rename
// that has no online form.
void collect_renames(Context& context);

// Why no column of the table can give way to a new one that a trigger fills; empty: it can.
std::string obstacle_to_synced_columns(const schema::Table& table, const Context& context);

}  // namespace schemadiff::engine
