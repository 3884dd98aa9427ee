// Decides what a change means as operations, where all kinds agree; engine/lower/<kind>.cpp knows
// the rest.
#include "engine/lower/lower.h"

#include <algorithm>

#include "diff/unmanaged.h"
#include "engine/lower/materialized_view.h"
#include "engine/lower/partition.h"
#include "engine/lower/repartition.h"
#include "engine/lower/table.h"
#include "engine/overloads.h"
#include "engine/sync_trigger.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

namespace {

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] -= 'a' - 'A';
  return text;
}

std::string why_create(const Object& object, const Change& change) {
  const std::string what = title(object);
  if (change.action == Action::Create) return capitalised(what) + " is new.";
  if (change.attributes.empty())
    return capitalised(what) + " is made again as it was: it refers to " + listed(change.because) +
           ".";
  return capitalised(what) + " is made again with its new definition.";
}

std::string why_drop(const Object& object, const Change& change) {
  const std::string what = title(object);
  if (change.action == Action::Drop) return capitalised(what) + " is not in the desired schema.";
  if (change.attributes.empty())
    return capitalised(what) + " refers to " + listed(change.because) + ", which changes under it.";
  std::string names;
  for (const auto& attribute : change.attributes) {
    if (!names.empty()) names += ", ";
    names += attribute.attribute;
  }
  if (names.empty()) names = "definition";
  return capitalised(what) + " cannot be altered in place (" + names + ").";
}

// The locks that making or dropping an object takes on relations that were there before.
void claim_for(Operation& operation, const Object& object, const Context& context) {
  const bool drop = operation.role == Role::Drop;
  switch (object.id.kind) {
    case Kind::View:
    case Kind::MaterializedView:
      if (drop) operation.op = Op::DropView, operation.relations = {sql_name(object.id)};
      break;
    case Kind::Sequence:
      if (drop) operation.op = Op::DropSequence, operation.relations = {sql_name(object.id)};
      break;
    case Kind::Table:
      if (drop) operation.op = Op::DropTable, operation.relations = {sql_name(object.id)};
      break;
    case Kind::Composite:
      if (drop) operation.op = Op::DropCompositeType, operation.relations = {sql_name(object.id)};
      break;
    case Kind::Publication:
      if (drop) break;
      operation.op = Op::AlterPublication;
      for (const PublishedTable& table : static_cast<const Publication&>(object).tables)
        if (!context.is_new(table.table))
          operation.relations.push_back(quote_qualified(table.table));
      break;
    case Kind::Trigger:
      operation.op = drop ? Op::DropTrigger : Op::CreateTrigger;
      operation.relations = static_cast<const Trigger&>(object).for_each_row
                                ? with_partitions(table_name(object.id), context)
                                : Statements{sql_parent(object.id)};
      break;
    case Kind::Policy:
      operation.op = drop ? Op::DropPolicy : Op::CreatePolicy;
      operation.relations = {sql_parent(object.id)};
      break;
    case Kind::Rule:
      operation.op = drop ? Op::DropRule : Op::CreateRule;
      operation.relations = {sql_parent(object.id)};
      break;
    case Kind::Statistics: {
      const QualifiedName& table = static_cast<const Statistics&>(object).table;
      if (!drop && context.is_new(table)) break;
      operation.op = drop ? Op::DropStatistics : Op::CreateStatistics;
      operation.relations = {quote_qualified(table)};
      break;
    }
    default:
      break;
  }
  if (!drop && !object.id.parent.empty() && context.is_new(table_name(object.id)))
    operation.op = Op::NoRelation, operation.relations.clear();
}

// Phase of removing an object, and what undo cannot bring back (strategies, the matrix).
void settle_drop(Operation& operation, const Object& object, const Change& change) {
  operation.phase = Phase::Contract;
  const bool replaced = change.action == Action::Replace;
  switch (object.id.kind) {
    case Kind::Table:
      tell_loss(operation, "The table comes back empty.");
      break;
    case Kind::Sequence:
      tell_loss(operation, "The sequence starts again at its beginning.");
      break;
    case Kind::MaterializedView:
    case Kind::View:
      if (replaced) operation.phase = Phase::Expand;
      break;
    case Kind::UserMapping:
      tell_loss(operation, "Options that are secrets, such as a password, do not come back.");
      break;
    case Kind::Subscription:
      tell_loss(operation,
                "The password of the connection does not come back, nor what had been copied of "
                "which table.");
      break;
    case Kind::Trigger:
    case Kind::Rule:
    case Kind::EventTrigger:
    case Kind::Statistics:
      operation.phase = Phase::Expand;
      break;
    default:
      break;
  }
}

template <class T>
Statements removal_sql(const T& object, const Catalog& catalog) {
  if constexpr (std::is_same_v<T, Subscription>)
    return drop_statements(object);
  else if constexpr (std::is_same_v<T, Trigger>)
    if (object.for_each_row && is_partitioned(catalog, table_name(object.id)))
      return {lock_before_drop(table_name(object.id)), drop_sql(object)};
  return {drop_sql(object)};
}

template <class T>
void lower_make(const T& object, const Change& change, const Context& context,
                Operations& operations) {
  if (has_shell(object)) make_shell(object, operations);
  T made = object;
  if constexpr (std::is_same_v<T, Trigger>) made = as_made(std::move(made), context);
  const diff::CompareOptions& manage = context.options.compare;
  const bool keeps = diff::predecessor(object.id, context.from);  // what is not managed
  const bool replace = change.action == Action::Replace;
  Operation operation = make(Role::Make, object, Phase::Expand, why_create(object, change));
  operation.sql = full_create(made, context.to, context.from, manage.owners || keeps,
                              manage.privileges || keeps);
  operation.undo = removal_sql(object, context.to);
  if (const Object* type = type_made_of(object, context.to);
      type && context.change(type->id) && context.change(type->id)->action != diff::Action::Alter) {
    operation.undo.clear();
    operation.undo_note = "It goes away with " + describe(type->id) + '.';
  }
  operation.unproven = change.unproven;
  claim_for(operation, object, context);
  if constexpr (std::is_same_v<T, MaterializedView>)
    operation.own_transaction = !replace && takes_long_to_fill(object, context);
  if constexpr (std::is_same_v<T, Policy>)
    if (!object.permissive && !context.is_new(table_name(object.id)))
      operation.phase = Phase::Contract;
  operations.push_back(std::move(operation));
}

bool loses_columns(const View& before, const View& after) {
  return std::any_of(before.columns.begin(), before.columns.end(), [&](const ViewColumn& column) {
    return std::none_of(after.columns.begin(), after.columns.end(),
                        [&](const ViewColumn& other) { return other.name == column.name; });
  });
}

template <class T>
void lower_removal(const T& object, const Change& change, Operations& operations,
                   const Context& context) {
  Operation operation = make(Role::Drop, object, Phase::Contract, why_drop(object, change));
  operation.sql = removal_sql(object, context.from);
  operation.undo = has_shell(object) ? create_with_functions(object, context.from)
                                     : full_create(object, context.from, context.from);
  for (const Object* child : context.children_of(object.id))
    operation.parts.push_back(part_of(*child, context));
  if constexpr (std::is_same_v<T, Sequence>) append(operation.undo, owned_by_sql(object));
  if constexpr (std::is_same_v<T, Extension>)
    append(operation.undo, member_privileges_sql(object, context.from));
  operation.unproven = change.unproven;
  claim_for(operation, object, context);
  settle_drop(operation, object, change);
  if constexpr (std::is_same_v<T, View>)
    if (change.action == Action::Replace && loses_columns(object, context.to.views.at(object.id)))
      operation.phase = Phase::Contract;
  operations.push_back(std::move(operation));
}

template <class T>
concept CreatesItself = requires(const T& object, const Change& change, const Context& context,
                                 Operations& operations) {
  lower_create(object, change, context, operations);
};
template <class T>
concept DropsItself = requires(const T& object, const Change& change, const Context& context,
                               Operations& operations) {
  lower_drop(object, change, context, operations);
};

// Whether the object goes away with the table, view or column that it belongs to.
bool drops_with_owner(const Object& object, const Context& context) {
  const auto gone = [&](const QualifiedName& table) {
    for (Kind kind : {Kind::Table, Kind::View, Kind::MaterializedView})
      if (context.goes_away({kind, table.schema, {}, table.name, {}})) return true;
    return false;
  };
  if (is_dropped_apart(object, context)) return false;
  if (gone(owner_of(object))) return true;
  if (const Object* type = type_made_of(object, context.from)) return context.goes_away(type->id);
  // detached before, a table keeps what it has
  for (const ObjectId& id : parent_index_ids(object, context.from))
    if (context.goes_away(id)) return !leaves_partitioned_table(owner_of(object), context);
  if (object.id.kind != Kind::Sequence) return false;
  const OwnedBy& owner = static_cast<const Sequence&>(object).owned_by;
  return context.goes_away({Kind::Column, owner.table.schema, owner.table.name, owner.column, {}});
}

// A marker without statements: it happens with the drop of its owner, whose place it takes in the
// order.
Operation implied_drop(const Object& object, const Context& context) {
  Operation operation = make(Role::Drop, object, Phase::Expand, {});
  const QualifiedName owner = owner_of(object);
  std::erase_if(operation.releases, [&](const ObjectId& ref) {
    return (ref.parent.empty() ? ref.name : ref.parent) == owner.name && ref.schema == owner.schema;
  });
  for (Kind kind : {Kind::Table, Kind::View, Kind::MaterializedView})
    operation.implied_by.push_back({kind, owner.schema, {}, owner.name, {}});
  std::vector<ObjectId> owners = parent_index_ids(object, context.from);
  if (const Object* type = type_made_of(object, context.from)) owners.push_back(type->id);
  for (const ObjectId& id : owners) {
    operation.implied_by.push_back(id);
    std::erase(operation.releases, id);
  }
  if (object.id.kind == Kind::Sequence)
    operation.implied_by.push_back({Kind::Column,
                                    owner.schema,
                                    owner.name,
                                    static_cast<const Sequence&>(object).owned_by.column,
                                    {}});
  if (object.id.kind == Kind::Constraint)
    release_referenced_partitions(static_cast<const Constraint&>(object), context, operation);
  return operation;
}

// Both cannot be there at a time, or calls fail: one transaction, as early as callers allow.
void lower_succession(const Routine& before, const Routine& after, const Change& change,
                      const Context& context, Operations& operations) {
  const std::size_t first = operations.size();
  lower_removal(before, change, operations, context);
  operations[first].why = "While it and " + describe(after.id) + " are there, calls are ambiguous.";
  if (takes_calls_of(after, before)) operations[first].phase = Phase::Expand;
  lower_make(after, change, context, operations);
  for (std::size_t i = first; i < operations.size(); ++i)
    operations[i].phase = std::max(operations[i].phase, operations[first].phase);
}

bool identifies_rows(const Object& index, const Catalog& catalog) {
  const Table* table = catalog.table(owner_of(index));
  return table && table->replica_identity.mode == 'i' &&
         table->replica_identity.index == index.id.name;
}

// What replication tells the rows of a table by is gone with the index, also where that is made
// again.
void keep_replica_identity(const Object& index, const Context& context, Operations& operations,
                           std::size_t first) {
  const QualifiedName name = owner_of(index);
  const ObjectId table = table_id(name);
  if (!identifies_rows(index, context.from) || context.goes_away(table)) return;
  const Statements before = {replica_identity_sql(*context.from.table(name))};
  if (operations[first].role == Role::Drop)
    operations[first].parts.push_back({index.id, {}, before});
  else
    append(operations.back().undo, before);
  const Change* of_table = context.change(table);
  if (!identifies_rows(index, context.to) || (of_table && changed(*of_table, "replica identity")))
    return;
  const Statements sql = {replica_identity_sql(*context.to.table(name))};
  const Statements relations = {quote_qualified(name)};
  Operation& last = operations.back();
  if (!last.sql.empty() && runs_in_transaction(last.op)) {
    append(last.sql, sql);
    last.also.push_back({Op::AlterReplicaIdentity, relations});
    return;
  }
  Operation again = make(Role::Finish, index, last.phase,
                         "Replication tells rows by the index, which is made again.");
  again.refs.push_back(index.id);
  again.op = Op::AlterReplicaIdentity;
  again.relations = relations;
  again.sql = sql;
  again.undo_note = "It is set again with the index.";
  operations.push_back(std::move(again));
}

// A table has one mark of CLUSTER: whichever index has it loses it before another one gets it.
template <class T>
void follow_cluster(const T& index, const Context& context, Operations& operations,
                    std::size_t first) {
  if (!index.clustered) return;
  const auto loses = [&](const Object& other) {
    const auto marked = [&]<class I>(const ObjectMap<I>& indexes) {
      const auto found = indexes.find(other.id);
      return found != indexes.end() && found->second.clustered;
    };
    return other.id != index.id &&
           (marked(context.from.indexes) || marked(context.from.constraints));
  };
  for (const Object* other : context.children_of(table_id(owner_of(index))))
    if (loses(*other))
      for (std::size_t i = first; i < operations.size(); ++i) {
        operations[i].refs.push_back(other->id);
        operations[i].after_drops.push_back(other->id);
      }
}

template <class T>
void lower_kind(const Change& change, const Context& context, Operations& operations) {
  const auto& from = map_of<T>(context.from);
  const auto& to = map_of<T>(context.to);
  const auto before = from.find(change.id);
  const auto after = to.find(change.id);
  const bool drops = change.action == Action::Drop || change.action == Action::Replace;
  const bool creates = change.action == Action::Create || change.action == Action::Replace;
  const std::size_t first = operations.size();
  if (change.action == Action::Alter) {
    lower_alter(before->second, after->second, change, context, operations);
    lower_metadata(before->second, after->second, change, context, operations);
    if constexpr (std::is_same_v<T, Index> || std::is_same_v<T, Constraint>)
      follow_cluster(after->second, context, operations, first);
    return;
  }
  if (keeps_old_form(change, context)) {
    lower_type_replacement(change, context, operations);
    return;
  }
  if constexpr (std::is_same_v<T, MaterializedView>)
    if (swaps_online(change.id, context))
      return lower_swap(before->second, after->second, context, operations);
  if constexpr (std::is_same_v<T, Table>)
    if (keeps_rows(change.id, context))
      return lower_repartition(before->second, after->second, context, operations);
  if constexpr (std::is_same_v<T, Index>)
    if (creates && is_part_built_beside(after->second, context))
      return lower_create(after->second, change, context, operations);
  if constexpr (std::is_same_v<T, Routine>) {
    if (drops && successor_of(before->second, context)) return;  // goes when that comes
    if (drops && context.held_routines.contains(change.id)) {
      lower_setting_aside(before->second, context, why_drop(before->second, change), operations);
      if (creates) lower_make(after->second, change, context, operations);
      return;
    }
  }
  if (drops) {
    if (drops_with_owner(before->second, context))
      operations.push_back(implied_drop(before->second, context));
    else if constexpr (DropsItself<T>)
      lower_drop(before->second, change, context, operations);
    else
      lower_removal(before->second, change, operations, context);
  }
  if constexpr (std::is_same_v<T, Routine>)
    if (const Routine* gone = creates ? predecessor_of(after->second, context) : nullptr)
      return lower_succession(*gone, after->second, change, context, operations);
  if (creates) {
    if constexpr (CreatesItself<T>)
      lower_create(after->second, change, context, operations);
    else
      lower_make(after->second, change, context, operations);
    if constexpr (std::is_same_v<T, Trigger>)
      lower_partition_states(after->second, context, operations);
  }
  if constexpr (std::is_same_v<T, Index> || std::is_same_v<T, Constraint>) {
    if (drops) keep_replica_identity(before->second, context, operations, first);
    if (creates) follow_cluster(after->second, context, operations, first);
  }
}

}  // namespace

void lower(const Change& change, const Context& context, Operations& operations) {
  if (context.own_objects.contains(change.id)) return;
  switch (change.id.kind) {
    case Kind::Column:
      return lower_column(change, context, operations);
    case Kind::Default:
      return lower_default(change, context, operations);
#define KIND(name, map, label, keyword) \
  case Kind::name:                      \
    return lower_kind<name>(change, context, operations);
#include "schema/kinds.def"
  }
}

}  // namespace schemadiff::engine
