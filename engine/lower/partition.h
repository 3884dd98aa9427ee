// What the lowering of partitions and of their indexes shares.
#pragma once

#include <string_view>
#include <vector>

#include "engine/lower/lower.h"

namespace schemadiff::engine {

// Whether partitions of these bounds ("DEFAULT", "FOR VALUES …") of one table have no row in
// common, as far as the texts tell: false may be wrong.
bool bounds_are_apart(std::string_view a, std::string_view b);

// The values of the list in brackets after `word` in a bound: "FROM (". Empty: there is none.
std::vector<std::string_view> bound_values(std::string_view bound, std::string_view word);

// What is done so that ATTACH does not read tables under its lock: checks of the bounds, validated
// before and dropped after.
struct BoundProof {
  Operations before, after;
  bool of_partition = false, of_default = false;  // which need not be read
};
BoundProof prove_bounds(const schema::Table& partition, const Context&);

// Brings the parts of a table into an order in which its attachment finds the right indexes.
void order_parts(std::vector<Part>& parts, const Context&);

}  // namespace schemadiff::engine
