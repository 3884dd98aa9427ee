// What an object stands on, and is a part of.
#pragma once

#include <vector>

#include "schema/catalog.h"

namespace schemadiff::schema {

// The table (or view) that an index, a constraint, a trigger, … stands on, or that a sequence is
// owned by a column of; empty for what stands by itself.
QualifiedName owner_of(const Object& object);

// The index of the partitioned table that an index or key of a partition is part of; empty: none.
QualifiedName parent_index_of(const Object& object);

// The ids which that index can have in the catalog, as an index and as a key; empty: none.
std::vector<ObjectId> parent_index_ids(const Object& object, const Catalog& catalog);

// Calls use(object) for each object of the kind that stands on the table and has it in its id: a
// constraint, a trigger, …; the catalog may be const.
template <class T, class AnyCatalog, class Use>
void for_each_child(AnyCatalog& catalog, const QualifiedName& table, Use use) {
  auto& map = map_of<T>(catalog);
  const ObjectId first{T::kKind, table.schema, table.name, {}, {}};
  for (auto at = map.lower_bound(first);
       at != map.end() && at->first.schema == table.schema && at->first.parent == table.name; ++at)
    use(at->second);
}

template <class AnyCatalog, class Use>
void for_each_constraint(AnyCatalog& catalog, const QualifiedName& table, Use use) {
  for_each_child<Constraint>(catalog, table, use);
}

// The check of that name which the partition has from the tables above it; null: none.
const Constraint* check_above(const Table& partition, const std::string& name, const Catalog&);

// Whether all rows of the partition are known to keep a check that it has from above.
bool holds_in(const Table& partition, const Constraint& check);

// Whether two foreign keys say the same, whatever they are called.
bool same_foreign_key(const Constraint& a, const Constraint& b);

// Whether the partitions of the constraint's table have constraints of their own, attached to it:
// keys. Exclusion constraints cannot be attached (index.c, CompareIndexInfo): theirs come down with
// the table's, as checks and foreign keys do.
bool has_parts(const Constraint& constraint);

}  // namespace schemadiff::schema
