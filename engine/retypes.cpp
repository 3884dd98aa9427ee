#include "engine/retypes.h"

#include <algorithm>

#include "diff/recreate.h"
#include "engine/hints.h"
#include "engine/lower/column.h"
#include "engine/lower/column_type.h"
#include "engine/lower/partition.h"
#include "engine/row_types.h"
#include "engine/sync_trigger.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

namespace {

using Affected = std::map<ObjectId, std::vector<const Change*>>;

bool one_of(Kind kind, std::initializer_list<Kind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// What is dropped before the names are swapped and made again after, in the same transaction, and
// takes no time that grows with a table. Constraints are validated later.
bool is_made_again_at_once(const Change& change, const Context& context) {
  if (one_of(change.id.kind, {Kind::View, Kind::Trigger, Kind::Policy, Kind::Rule})) return true;
  if (change.id.kind != Kind::Constraint) return false;
  const Constraint& constraint = context.to.constraints.at(change.id);
  return constraint.contype == 'c' ||
         (constraint.contype == 'f' && !is_partitioned(context.to, table_name(change.id)) &&
          !is_partitioned(context.to, constraint.referenced_table));
}

// Whether its rebuilding, CONCURRENTLY, follows the exchange, and nothing but speed depends on it.
bool is_rebuilt_after(const Change& change, const Context& context) {
  if (change.id.kind != Kind::Index) return false;
  const Index& index = context.from.indexes.at(change.id);
  const Table* table = context.from.table(index.table);
  return !index.unique && index.parent_index.empty() && table &&
         !(table->replica_identity.mode == 'i' && table->replica_identity.index == change.id.name);
}

// All that is made again because of the column, and because of that.
std::vector<const Change*> affected_by(const ObjectId& column, const Affected& affected) {
  std::vector<const Change*> all;
  std::vector<ObjectId> queue = {column};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const auto found = affected.find(queue[i]);
    if (found == affected.end()) continue;
    for (const Change* change : found->second) {
      if (std::find(all.begin(), all.end(), change) != all.end()) continue;
      all.push_back(change);
      queue.push_back(change->id);
    }
  }
  return all;
}

bool stands_on_others(const Object& object, const ObjectId& column, const Context& context) {
  const std::vector<std::string> columns = own_columns(object, table_name(column));
  return std::any_of(columns.begin(), columns.end(), [&](const std::string& name) {
    ObjectId other = column;
    other.name = name;
    return other != column && context.retyped.contains(column_of_root(other, context.from));
  });
}

// Why no copy of it can be built on the new column; empty: it can.
std::string obstacle_to_copy(const Object& object, const ObjectId& column, const Table& table,
                             const Context& context) {
  const std::string what = describe(object.id);
  if (object.id.kind == Kind::Index) {
    const auto& index = static_cast<const Index&>(object);
    if (!index.valid) return what + " is not valid";
    for (const IndexElement& element : index.elements) {
      if (element.column.empty()) return what + " has an expression";
      if (element.column == column.name && (!element.opclass.empty() || !element.collation.empty()))
        return what + " names an operator class or a collation";
    }
    if (!index.predicate.empty()) return what + " has an expression";
  } else if (object.id.kind != Kind::Constraint) {
    return what + " stands on it";
  } else if (const auto& key = static_cast<const Constraint&>(object);
             key.contype != 'p' && key.contype != 'u') {
    return what + " stands on it";
  }
  if (stands_on_others(object, column, context))
    return what + " stands on another column that changes its type";
  if (table.replica_identity.mode == 'i' && table.replica_identity.index == object.id.name)
    return what + " is the replica identity";
  return {};
}

// What refers to the column, but for its own table and sequences.
using Users = std::map<ObjectId, std::vector<const Object*>>;

Users users_of_columns(const Catalog& catalog) {
  Users users;
  catalog.for_each([&](const Object& object) {
    if (one_of(object.id.kind, {Kind::Table, Kind::Sequence})) return;
    for (const ObjectId& ref : object.refs)
      if (ref.kind == Kind::Column) users[ref].push_back(&object);
  });
  return users;
}

std::string obstacle_of_users(const Change& retyping, const ObjectId& column, const Table& table,
                              const Context& context, const Users& users,
                              const Affected& affected) {
  const bool by_enum = enum_cause(retyping) != nullptr;
  std::string reason;
  const auto found = users.find(column);
  for (const Object* object : found == users.end() ? std::vector<const Object*>{} : found->second) {
    if (!reason.empty()) break;
    const Change* change = context.change(object->id);
    if (!change)
      reason = obstacle_to_copy(*object, column, table, context);
    else if (change->action == Action::Alter ||
             (change->action == Action::Replace && !is_made_again_at_once(*change, context) &&
              !(by_enum && is_rebuilt_after(*change, context))))
      reason = describe(object->id) + " stands on it and changes";
  }
  for (const Change* change : affected_by(column, affected))
    if (reason.empty() && change->action != Action::Drop &&
        !is_made_again_at_once(*change, context) &&
        !(by_enum && is_rebuilt_after(*change, context)))
      reason = describe(change->id) + " depends on it";
  return reason;
}

// Its new sequence takes over the position of the old one.
bool same_position(const SequenceOptions& before, const SequenceOptions& after) {
  return before.increment == after.increment && before.min == after.min &&
         before.start == after.start && before.cache == after.cache && before.cycle == after.cycle;
}

bool same_owned_sequences(const ObjectId& column, const Context& context) {
  const QualifiedName table = table_name(column);
  const auto owned = [&](const Children& children) {
    std::vector<ObjectId> ids;
    const auto found = children.find(table);
    if (found == children.end()) return ids;
    for (const Object* child : found->second)
      if (child->id.kind == Kind::Sequence &&
          static_cast<const Sequence*>(child)->owned_by == OwnedBy{table, column.name})
        ids.push_back(child->id);
    return ids;
  };
  return owned(context.children) == owned(context.new_children);
}

// Where an earlier run has added the new column, with its trigger: what is there of it.
void go_on_with(const Change& change, Context& context) {
  const QualifiedName name = table_name(change.id);
  const Table& before = *context.from.table(name);
  const Column& after = *context.to.table(name)->find(change.id.name);
  ObjectId next_id = change.id;
  next_id.name = temporary_name(change.id.name);
  const Column* next = before.find(next_id.name);
  const auto sync_objects = sync_objects_of(next_id);
  if (!next || context.to.table(name)->find(next_id.name) ||
      next->type != next_type(change, after) || next->collation != after.collation ||
      !context.from.triggers.contains(sync_objects[0]))
    return;
  context.own_objects.insert(sync_objects.begin(), sync_objects.end());
  for (const Table* table : with_all_below(before, context.old_heirs)) {
    context.own_objects.insert({Kind::Column, table->id.schema, table->id.name, next_id.name, {}});
    for (const Object* child : context.children_of(table->id)) {
      const ObjectId copy{Kind::Index, child->id.schema, {}, temporary_name(child->id.name), {}};
      const auto index = context.from.indexes.find(copy);
      if (index != context.from.indexes.end() && index->second.valid &&
          !context.to.indexes.contains(copy))
        context.own_objects.insert(copy);
    }
  }
}

// Why the column itself cannot be exchanged; empty: it can.
std::string obstacle_of_column(const Change& change, const Table& old_table, const Table& new_table,
                               const Context& context) {
  const ObjectId& id = change.id;
  const Column& before = *old_table.find(id.name);
  const Column& after = *new_table.find(id.name);
  for (const Table* table : {&old_table, &new_table}) {
    if (std::string reason = shares_columns(*table, context); !reason.empty()) return reason;
    if (std::string reason = loses_in_rows(*table, context); !reason.empty()) return reason;
    for (const std::string& name : {temporary_name(id.name), old_type_name(id.name)}) {
      ObjectId taken = id;
      taken.name = name;
      if (table->find(name) && !context.own_objects.contains(taken))
        return "the table has a column " + quote_identifier(name);
    }
  }
  if (is_partition_key(old_table, id.name, context)) return "the table is partitioned by it";
  if (std::string reason = settings_of_partitions(new_table, id.name, context); !reason.empty())
    return reason;
  if (before.collation != after.collation) return "its collation changes";
  if (has_checks(after.type, context.to))
    return describe(find_domain(after.type, context.to)->id) +
           " has constraints, for which a new column of it is written to every row at once";
  if (!before.generated.empty() || !after.generated.empty()) return "it is generated";
  if (changed(change, "privileges") || changed(change, "identity privileges"))
    return "its privileges change, too";
  for (const Column* column : {&before, &after})
    if (column->not_null_no_inherit || !column->not_null_validated ||
        !column->not_null_comment.empty())
      return "its NOT NULL constraint has settings of its own";
  if (changed(change, "not null name")) return "its NOT NULL constraint changes, too";
  if (before.identity != after.identity || before.identity_sequence != after.identity_sequence ||
      (before.identity != '\0' && !same_position(before.identity_options, after.identity_options)))
    return "its identity changes, too";
  if (!same_owned_sequences(id, context)) return "a sequence of its own changes, too";
  ObjectId default_id = id;
  default_id.kind = Kind::Default;
  const Change* default_change = context.change(default_id);
  if (default_change && default_change->because != change.because)
    return "what its default refers to is made again";
  return {};
}

// Why the new form of the enum cannot stand beside the old one; empty: it can.
std::string obstacle_of_type(const ObjectId& type, const Context& context) {
  const ObjectId next = beside(type);
  for (const ObjectId& id :
       {next, ObjectId{Kind::Enum, type.schema, {}, old_type_name(type.name), {}}})
    for (const Catalog* catalog : {&context.from, &context.to}) {
      const auto found = catalog->enums.find(id);
      const bool left = catalog == &context.from && found != catalog->enums.end() && id == next &&
                        found->second.labels == context.to.enums.at(type).labels &&
                        !context.to.enums.contains(next);
      if (found != catalog->enums.end() && !left) return describe(id) + " is there";
    }
  return {};
}

bool is_rewriting(const Change& change, const Table& before, const Table& after,
                  const Context& context) {
  const Column& old_column = *before.find(change.id.name);
  const Column& new_column = *after.find(change.id.name);
  return old_column.collation != new_column.collation ||
         classify_retype(stored_type(old_column.type, context.from), new_column.type) !=
             Retype::Compatible ||
         rebuilds_index(change.id, context);
}

// The enums and domains that a column's type stands on and that are made anew.
std::set<ObjectId> roots_of(const Change& change, const Context& context) {
  std::set<ObjectId> roots(change.because.begin(), change.because.end());
  for (std::size_t known = 0; known != roots.size();) {
    known = roots.size();
    for (const ObjectId& id : std::vector(roots.begin(), roots.end()))
      if (const Change* cause = context.change(id))
        roots.insert(cause->because.begin(), cause->because.end());
  }
  return roots;
}

bool is_on_large_table(const Change& change, const Context& context) {
  const QualifiedName table = table_name(change.id);
  return context.size(table) == Size::Large && !is_foreign(context.to, table);
}

// All columns of a type move to its new form in one transaction.
std::string tied_by_type(const Change& change, const Context& context) {
  const ObjectId* type = enum_cause(change);
  if (!type) return {};
  for (const Change& other : context.changes)
    if (diff::retypes(other) && !other.because.empty() && is_on_large_table(other, context) &&
        !context.retypes_online(column_of_root(other.id, context.from)) &&
        roots_of(other, context).contains(*type))
      return describe(other.id) + ", which is rewritten in place, moves to " + describe(*type) +
             " at the same time";
  return {};
}

// What is dropped before one column is exchanged and made after another is rewritten in place
// stays locked for as long.
void settle_ties(Context& context, const Affected& affected) {
  for (bool settled = false; !settled;) {
    settled = true;
    for (auto& [id, reason] : context.retyped) {
      if (!reason.empty()) continue;
      for (const Change* change : affected_by(id, affected))
        for (const ObjectId& other : change->because)
          if (const auto tied = context.retyped.find(other);
              tied != context.retyped.end() && !tied->second.empty())
            reason = describe(change->id) + " ties it to " + describe(other) +
                     ", which is rewritten in place";
      if (reason.empty()) reason = tied_by_type(*context.change(id), context);
      settled = settled && reason.empty();
    }
  }
}

}  // namespace

const ObjectId* enum_cause(const Change& change) {
  return change.because.size() == 1 && change.because.front().kind == Kind::Enum
             ? &change.because.front()
             : nullptr;
}

ObjectId beside(const ObjectId& type) {
  ObjectId id = type;
  id.name = temporary_name(type.name);
  return id;
}

TypeName next_type(const Change& change, const Column& after) {
  const ObjectId* type = enum_cause(change);
  return type ? under_name(after.type, *type, temporary_name(type->name)) : after.type;
}

ObjectId column_of_root(ObjectId column, const Catalog& catalog) {
  for (const Table* table = catalog.table(table_name(column));
       table && !table->partition_of.empty(); table = catalog.table(table_name(column))) {
    const Column* own = table->find(column.name);
    if (!own || own->local) break;
    column.schema = table->partition_of.schema;
    column.parent = table->partition_of.name;
  }
  return column;
}

void collect_retypes(Context& context) {
  std::vector<const Change*> retyping;
  Affected affected;
  for (const Change& change : context.changes) {
    for (const ObjectId& cause : change.because) affected[cause].push_back(&change);
    if (!diff::retypes(change) || !is_on_large_table(change, context) ||
        column_of_root(change.id, context.from) != change.id)
      continue;
    if (!change.because.empty() && !enum_cause(change)) {
      context.retyped.emplace(change.id, describe(change.because.front()) + " is made anew");
      continue;
    }
    if (!enum_cause(change) && !is_rewriting(change, *context.from.table(table_name(change.id)),
                                             *context.to.table(table_name(change.id)), context))
      continue;
    context.retyped.emplace(change.id, std::string());
    retyping.push_back(&change);
  }
  const Users users = retyping.empty() ? Users{} : users_of_columns(context.from);
  for (const Change* change : retyping) {
    const Table& before = *context.from.table(table_name(change->id));
    const Table& after = *context.to.table(table_name(change->id));
    go_on_with(*change, context);
    std::string reason = obstacle_of_column(*change, before, after, context);
    if (const ObjectId* type = enum_cause(*change); type && reason.empty())
      reason = obstacle_of_type(*type, context);
    for (const Table* table : with_all_below(before, context.old_heirs)) {
      const ObjectId column{Kind::Column, table->id.schema, table->id.name, change->id.name, {}};
      if (reason.empty())
        reason = obstacle_of_users(*change, column, *table, context, users, affected);
    }
    context.retyped[change->id] = std::move(reason);
  }
  settle_ties(context, affected);
  for (const Change* change : retyping)
    if (const ObjectId* type = enum_cause(*change); type && context.retypes_online(change->id)) {
      context.made_beside.insert(*type);
      if (context.from.enums.contains(beside(*type))) context.own_objects.insert(beside(*type));
    }
}

}  // namespace schemadiff::engine
