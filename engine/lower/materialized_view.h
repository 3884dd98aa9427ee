// Materialized views that change while others read them.
#pragma once

#include "engine/lower/lower.h"

namespace schemadiff::engine {

// Whether to make the view is to read tables that are large: not in a transaction that holds locks.
bool takes_long_to_fill(const schema::MaterializedView& view, const Context& context);

// Whether the materialized view gets its new form beside the old one, filled and indexed, and then
// its name. It brings its indexes along.
bool swaps_online(const schema::ObjectId& view, const Context&);

void lower_swap(const schema::MaterializedView& before, const schema::MaterializedView& after,
                const Context&, Operations&);

}  // namespace schemadiff::engine
