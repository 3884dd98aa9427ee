// Which columns are the old ones under another name, as hints say.
#pragma once

#include "engine/operation.h"

namespace schemadiff::engine {

// Fills context.renamed_from, renamed_to and lookups from the hints `renamed_from` and `lookup_of`
// of new columns. A hint whose old column is gone has been followed before, and means nothing.
// Throws Error for a rename that has no online form.
void collect_renames(Context& context);

// Notes the renames and changes of type that are under way and that this plan does not go on with:
// a rename without its hint looks like the drop of a column. Follows collect_renames and
// collect_retypes.
void note_broken_off(Context& context);

// Why the rename of a column of the table cannot go by way of a new column; empty: it can.
std::string rename_obstacle(const schema::Table& table, const schema::Column& before,
                            const schema::Column& after, const Context& context);

}  // namespace schemadiff::engine
