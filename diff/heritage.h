// What tables have from parents that they leave or join.
#pragma once

#include "schema/catalog.h"

namespace schemadiff::diff {

// States the checks, and the foreign keys of partitioned tables, that come down from a parent as
// the table's own where it has another parent on the other side: a table that leaves keeps them,
// and one that joins has to have them (tablecmds.c, ATExecDropInherit,
// MergeConstraintsIntoExisting, CloneForeignKeyConstraints). So it does with checks of a child that
// the other side has of the parent alone: they stay. What only comes down is not Constraint::local.
void state_heritage(schema::Catalog& from, schema::Catalog& to);

}  // namespace schemadiff::diff
