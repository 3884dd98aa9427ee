// Which steps run in one transaction, and how long it keeps others waiting.
#pragma once

#include "engine/order.h"

namespace schemadiff::engine {

// Numbers the transactions of operations in their order of execution. Those in a row share one
// where the later ones lock no further tables; what is dropped and made anew is so in one
// transaction. Within each, the operations change places where that takes their locks as
// applications do.
void settle_transactions(Ordered& ordered, const Context& context);

// The longest hold of a lock that blocks others; none where no step takes one.
std::optional<Hold> longest_hold(const std::vector<Step>& steps);

}  // namespace schemadiff::engine
