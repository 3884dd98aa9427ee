// What the lowering of partitions and of their indexes shares.
#pragma once

#include <string_view>
#include <vector>

#include "engine/operation.h"

namespace schemadiff::engine {

// Whether partitions of these bounds ("DEFAULT", "FOR VALUES …") of one table have no row in common,
// as far as the texts tell: false may be wrong.
bool bounds_are_apart(std::string_view a, std::string_view b);

// Brings the parts of a table into an order in which its attachment finds the right indexes.
void order_parts(std::vector<Part>& parts, const Context&);

}  // namespace schemadiff::engine
