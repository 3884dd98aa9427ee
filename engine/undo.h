// Where undo statements have to move, once the order of the operations is known.
#pragma once

#include "engine/order.h"

namespace schemadiff::engine {

// What goes away with two objects is brought back once.
// A partition is attached again when its table has the columns and checks that it had then: with
// the undo of what changes them first. A foreign key settles on any key of its columns. Where the
// plan makes another one before it drops the foreign key, it may come back only when that key is
// gone: with the undo of the key. Rows that have to be filled before columns are exchanged back are
// filled before anything else of that transaction is undone.
void settle_undo(Ordered& ordered, const Context& context);

// Whether the statement takes as long as the table is large, and lets others work meanwhile: what
// comes before it on the way back is committed before.
bool is_online(const std::string& statement);

}  // namespace schemadiff::engine
