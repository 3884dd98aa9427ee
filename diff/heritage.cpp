#include "diff/heritage.h"

#include <algorithm>
#include <set>

#include "schema/owner.h"

namespace schemadiff::diff {
namespace {

using namespace schema;

std::set<QualifiedName> parents_of(const Table& table) {
  std::set<QualifiedName> parents(table.inherits.begin(), table.inherits.end());
  if (!table.partition_of.empty()) parents.insert(table.partition_of);
  return parents;
}

// What the parent has and its own parents have, for a table below it.
void collect(const QualifiedName& parent, bool to_partition, const Catalog& catalog,
             std::vector<Constraint>& handed_down) {
  const Table* table = catalog.table(parent);
  if (!table) return;
  for_each_constraint(catalog, parent, [&](const Constraint& constraint) {
    if ((constraint.contype == 'c' && !constraint.no_inherit) ||
        (constraint.contype == 'f' && to_partition))
      handed_down.push_back(constraint);
  });
  for (const QualifiedName& above : parents_of(*table))
    collect(above, to_partition && above == table->partition_of, catalog, handed_down);
}

// What `table` has from those of its parents that `others` are not.
std::vector<Constraint> from_parents(const Table& table, const std::set<QualifiedName>& others,
                                     const Catalog& catalog) {
  std::vector<Constraint> theirs, kept;
  for (const QualifiedName& parent : parents_of(table))
    collect(parent, parent == table.partition_of, catalog, others.contains(parent) ? kept : theirs);
  std::erase_if(theirs, [&](const Constraint& constraint) {
    return std::ranges::any_of(
        kept, [&](const Constraint& other) { return other.id.name == constraint.id.name; });
  });
  for (Constraint& constraint : theirs) {
    for (ObjectId& ref : constraint.refs) {  // where it is analysed already
      std::string& name = ref.kind == Kind::Column ? ref.parent : ref.name;
      const bool is_part = ref.kind == Kind::Column || ref.kind == Kind::Table;
      if (!is_part || ref.schema != constraint.id.schema || name != constraint.id.parent) continue;
      name = table.id.name;
      ref.schema = table.id.schema;
    }
    std::ranges::sort(constraint.refs);
    if (constraint.contype == 'c') constraint.validated = holds_in(table, constraint);
    constraint.id.schema = table.id.schema;
    constraint.id.parent = table.id.name;
    constraint.comment.clear();
    constraint.span = table.span;
  }
  return theirs;
}

void state_left(const Table& before, const Table& after, Catalog& from) {
  for (Constraint& constraint : from_parents(before, parents_of(after), from)) {
    constraint.local = false;
    from.constraints.try_emplace(ObjectId(constraint.id), std::move(constraint));
  }
}

// A foreign key of the table's own serves under whatever name.
void state_joined(const Table& before, const Table& after, const Catalog& from, Catalog& to) {
  for (Constraint& constraint : from_parents(after, parents_of(before), to)) {
    for_each_constraint(from, {before.id.schema, before.id.name}, [&](const Constraint& own) {
      if (own.contype == 'f' && constraint.contype == 'f' && same_foreign_key(own, constraint))
        constraint.id.name = own.id.name;
    });
    constraint.local = false;
    to.constraints.try_emplace(ObjectId(constraint.id), std::move(constraint));
  }
}

// No statement takes away from a child what it has from its parents, too.
void state_kept(const Table& before, const Table& after, const Catalog& from, Catalog& to) {
  if (before.inherits.empty() || after.inherits.empty()) return;
  const std::vector<Constraint> theirs = from_parents(before, {}, from);
  for (Constraint& constraint : from_parents(after, {}, to)) {
    const auto own = from.constraints.find(constraint.id);
    if (own == from.constraints.end()) continue;
    // of one side: before analysis the other may say the same in other words
    if (std::ranges::none_of(theirs, [&](const Constraint& c) {
          return c.id == constraint.id && c.check == own->second.check;
        }))
      continue;
    constraint.local = false;
    constraint.comment = own->second.comment;
    to.constraints.try_emplace(ObjectId(constraint.id), std::move(constraint));
  }
}

}  // namespace

void state_heritage(Catalog& from, Catalog& to) {
  for (const auto& [id, after] : to.tables) {
    const auto found = from.tables.find(id);
    if (found == from.tables.end()) continue;
    const Table& before = found->second;
    state_kept(before, after, from, to);
    if (parents_of(before) == parents_of(after)) continue;
    state_left(before, after, from);
    state_joined(before, after, from, to);
  }
}

}  // namespace schemadiff::diff
