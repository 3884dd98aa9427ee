// Which rows would make an operation fail, and the queries that count them.
#pragma once

#include <vector>

#include "engine/operation.h"

namespace schemadiff::engine {

// Fills the pre-checks of each operation, with what the facts hold of their counts.
void add_pre_checks(std::vector<Operation>& operations, const Context& context);

// Fills the checks of undo: rows that may have been written since and that the old schema does not
// take. Undo is settled before.
void add_undo_checks(std::vector<Operation>& operations, const Context& context);

}  // namespace schemadiff::engine
