// The sequences that number a new column's rows until it becomes an identity column.
#pragma once

#include "engine/operation.h"

namespace schemadiff::engine {

// That of the identity with its own `sequence`.
schema::ObjectId stand_in_of(const schema::QualifiedName& sequence);

// Whether an earlier run has added the column, which shall be an identity, with that sequence.
bool has_stand_in(const schema::Column& before, const schema::Column& after);

// Puts those of columns that are under way into context.own_objects: they go with the identity's
// coming.
void collect_stand_ins(Context& context);

}  // namespace schemadiff::engine
