// Hints that give values of enums other names in place.
#pragma once

#include "schema/catalog.h"

namespace schemadiff::parser {

// Follows the hints `rename_value` of the enums of `to` in `from`, which is not analysed yet: its
// enums have the new names then, and hints schema::kRenamedValue beside them say which. A hint
// whose old value is gone has been followed before. Throws Error for one whose new value is not in
// `to`, or is in `from` already. Whether there was any to follow.
bool follow_value_renames(schema::Catalog& from, const schema::Catalog& to);

}  // namespace schemadiff::parser
