// Which columns are the old ones under another name, as hints say.
#pragma once

#include "engine/operation.h"

namespace schemadiff::engine {

// Fills context.renamed_from and renamed_to from the hints `renamed_from` of new columns. A hint
// whose old column is gone has been followed before, and means nothing. Throws Error for a rename
// that has no online form.
void collect_renames(Context& context);

}  // namespace schemadiff::engine
