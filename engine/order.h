// Decides the order of operations: by what they need, by phase, and where that leaves a choice, by
// kind.
#pragma once

#include <vector>

#include "engine/operation.h"

namespace schemadiff::engine {

struct Ordered {
  std::vector<Operation> operations;            // in order of execution, phases final
  std::vector<std::vector<std::size_t>> after;  // for each, the earlier ones that it has to follow
  std::vector<schema::ObjectId> cycle;  // objects whose operations wait for each other; empty: none
};

// `starts`: where the operations of each change begin, since those of one change keep their order.
Ordered order(std::vector<Operation> operations, const std::vector<std::size_t>& starts,
              const Context& context);

}  // namespace schemadiff::engine
