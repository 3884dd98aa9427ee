// How long a step takes, from the size of its table and the throughput of the machine.
#pragma once

#include <optional>

#include "engine/operation.h"

namespace schemadiff::engine {

// In seconds, without the time that it waits for locks. 0 for what takes the same moment whatever
// the table holds; none where its time depends on a table of which nothing is known.
std::optional<double> estimate(const Operation& operation, const Context& context);

}  // namespace schemadiff::engine
