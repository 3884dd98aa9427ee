// Names that the server makes up for what comes with a foreign key.
#pragma once

#include "schema/catalog.h"
#include "schema/object_names.h"

namespace schemadiff::schema {

// Whether the key is to be made after others of its table. One to a partitioned table has a
// constraint for each partition as well, of a name as the server makes them up: such a name is
// taken then (tablecmds.c, addFkRecurseReferenced).
inline bool takes_made_up_names(const Constraint& key, const Catalog& catalog) {
  if (key.contype != 'f') return false;
  const Table* referenced = catalog.table(key.referenced_table);
  return referenced && !referenced->partition_key.strategy.empty() &&
         !key.id.name.starts_with(make_object_name(key.id.parent, join_names(key.columns), "fkey"));
}

}  // namespace schemadiff::schema
