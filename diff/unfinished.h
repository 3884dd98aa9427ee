// What an earlier run has begun, and the plan goes on with.
#pragma once

#include "schema/catalog.h"

namespace schemadiff::diff {

// An index of a partitioned table is made without parts and is not valid until it has them all
// (tablecmds.c, validatePartitionedIndex). Where `to` has parts that are still to come, it is taken
// for the valid one that they make of it: else it would be dropped with those that it has.
void expect_parts(schema::Catalog& from, const schema::Catalog& to);

}  // namespace schemadiff::diff
