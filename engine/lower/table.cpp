// Decides how tables are created and dropped; what changes in place is in table_alter.cpp.
#include <algorithm>

#include "diff/recreate.h"
#include "diff/unmanaged.h"
#include "engine/lower/column.h"
#include "engine/lower/partition.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

QualifiedName name_of(const Table& table) { return {table.id.schema, table.id.name}; }

ObjectId table_id(const QualifiedName& name) {
  return {Kind::Table, name.schema, {}, name.name, {}};
}

std::string alter_table(const Table& table, bool only) {
  return std::string("ALTER TABLE ") + (only ? "ONLY " : "") + sql_name(table.id) + ' ';
}

std::vector<const Constraint*> constraints_of(const QualifiedName& table, char contype,
                                              const Catalog& catalog) {
  std::vector<const Constraint*> found;
  for_each_constraint(catalog, table, [&](const Constraint& constraint) {
    if (constraint.contype == contype) found.push_back(&constraint);
  });
  return found;
}

namespace {

// What an inherited column shows when undo makes the table again: its parent's default may have
// changed.
Statements inherited_defaults(const Table& table, const Context& context) {
  Statements sql;
  for (const Column& column : table.columns) {
    if (column.local || !column.generated.empty()) continue;
    const bool differs = std::ranges::any_of(table.inherits, [&](const QualifiedName& parent) {
      const Change* change =
          context.change({Kind::Column, parent.schema, parent.name, column.name, {}});
      return change && changed(*change, "default");
    });
    if (!differs) continue;
    const ObjectId id{Kind::Column, table.id.schema, table.id.name, column.name, {}};
    sql.push_back(default_sql(id, column));
  }
  return sql;
}

// From version 18 on PARTITION OF hands the names of NOT NULL constraints down, those that were
// handed down to the parent too; what is made by itself and attached keeps its own.
void name_not_nulls_as_above(Table& table, const Context& context) {
  if (context.from.server_version < 18) return;
  for (Column& column : table.columns) {
    if (!column.not_null || !column.not_null_name.empty()) continue;
    const Table* above = &table;
    const Column* own = &column;
    while (own->not_null_name.empty()) {
      const Table* next = context.to.table(above->partition_of);
      const Column* handed = next ? next->find(column.name) : nullptr;
      if (!handed || !handed->not_null) break;
      above = next;
      own = handed;
    }
    if (above != &table) column.not_null_name = not_null_name(above->id, *own);
  }
}

// A child has the columns that its parents have when it is made, and as they are then.
std::vector<ObjectId> coming_columns_of_parents(const Table& table, const Context& context) {
  std::vector<ObjectId> columns;
  for (const QualifiedName& parent : table.inherits)
    for (const ObjectId& id : context.changed_on(parent)) {
      if (id.kind != Kind::Column) continue;
      const Change& change = *context.change(id);
      const bool handed_down = changed(change, "default") || changed(change, "storage") ||
                               changed(change, "compression");
      if (change.action == Action::Create || change.action == Action::Replace ||
          diff::retypes(change) || handed_down)
        columns.push_back(id);
    }
  return columns;
}

// Columns of the table are not merged with those above that go.
void follow_columns_above(const Table& table, const Table& child, const Context& context,
                          Operation& operation) {
  for (const QualifiedName& parent : child.inherits) {
    for (const ObjectId& id : context.changed_on(parent))
      if (id.kind == Kind::Column && table.find(id.name)) operation.after_drops.push_back(id);
    if (const Table* above = context.to.table(parent))
      follow_columns_above(table, *above, context, operation);
  }
}

// Whether the default needs more than the table itself.
bool refers_elsewhere(const Column& column, const Table& table) {
  return std::ranges::any_of(column.default_refs, [&](const ObjectId& ref) {
    return ref.kind != Kind::Column || ref.schema != table.id.schema || ref.parent != table.id.name;
  });
}

bool is_added_late(const Column& column, const Table& table) {
  return !column.generated.empty() && refers_elsewhere(column, table);
}

ObjectId column_id(const Table& table, const Column& column) {
  return {Kind::Column, table.id.schema, table.id.name, column.name, {}};
}

// The columns that need more than the table, where the plain order goes in a circle.
std::vector<ObjectId> late_columns(const Table* table, const Context& context) {
  std::vector<ObjectId> late;
  if (!table || !context.late_defaults.contains(table->id)) return late;
  for (const Column& column : table->columns)
    if (is_added_late(column, *table)) late.push_back(column_id(*table, column));
  return late;
}

void add_late_columns(const Table& table, const Context& context, Operations& operations) {
  const bool with_privileges =
      context.options.compare.privileges || diff::predecessor(table.id, context.from);
  for (const ObjectId& id : late_columns(&table, context)) {
    const Column& column = *table.find(id.name);
    Operation add = make(Role::Make, table, Phase::Expand,
                         "The column comes when what it is computed with is there.");
    add.object = id;
    add.refs = column.default_refs;
    add.refs.insert(add.refs.end(), column.refs.begin(), column.refs.end());
    add.refs.push_back(table.id);
    add.sql = add_column(table, column, context, with_privileges);
    add.undo_note = "Goes away with the table.";
    operations.push_back(std::move(add));
  }
}

}  // namespace

void lower_create(const Table& table, const Change& change, const Context& context,
                  Operations& operations) {
  Operation operation =
      make(Role::Make, table, Phase::Expand,
           change.action == Action::Create ? "The table is new."
                                           : "The table in its new form, without rows.");
  Table made = table;
  name_not_nulls_as_above(made, context);
  const bool late = context.late_defaults.contains(table.id);
  Statements defaults;
  if (late) {
    operation.refs = table.refs;
    for (const Column& column : table.columns)
      operation.refs.insert(operation.refs.end(), column.refs.begin(), column.refs.end());
    std::erase_if(made.columns, [&](const Column& c) { return is_added_late(c, table); });
    for (Column& column : made.columns) {
      if (column.default_value.empty() || !refers_elsewhere(column, table)) continue;
      defaults.push_back(default_sql(column_id(table, column), column));
      column.default_value.clear();
    }
  }
  for (ObjectId& id : coming_columns_of_parents(table, context))
    operation.refs.push_back(std::move(id));
  follow_columns_above(table, table, context, operation);
  const diff::CompareOptions& manage = context.options.compare;
  const bool keeps = diff::predecessor(table.id, context.from);  // what is not managed
  operation.sql = full_create(made, context.to, context.from, manage.owners || keeps,
                              manage.privileges || keeps);
  append(operation.sql, inherited_checks(table, context.to, context));
  operation.undo = {drop_sql(table)};
  operation.op = Op::InheritFrom;
  for (const QualifiedName& parent : table.inherits)
    if (!context.is_new(parent)) operation.relations.push_back(quote_qualified(parent));
  // detached, it keeps the foreign keys of its parent: undo drops it before what they refer to
  for (const Constraint* foreign : constraints_of(table.partition_of, 'f', context.to))
    if (table_id(foreign->referenced_table) != table.id) {
      operation.refs.push_back(table_id(foreign->referenced_table));
      for (ObjectId& key : coming_keys(*foreign, context)) operation.refs.push_back(std::move(key));
    }
  operations.push_back(std::move(operation));
  if (!defaults.empty()) {
    Operation finish =
        make(Role::Finish, table, Phase::Expand, "Defaults that use functions of the table.");
    finish.refs.push_back(table.id);
    finish.sql = std::move(defaults);
    finish.undo_note = "Goes away with the table.";
    operations.push_back(std::move(finish));
  }
  add_late_columns(table, context, operations);
  if (!table.partition_of.empty()) {
    const std::size_t first = operations.size();
    lower_attach(table, context, operations);
    for (const Table* each : {&table, context.to.table(table.partition_of)})
      for (const ObjectId& id : late_columns(each, context))
        for (std::size_t i = first; i < operations.size(); ++i) operations[i].refs.push_back(id);
  }
  if (table.replica_identity.mode == 'i') {
    Operation finish =
        make(Role::Finish, table, Phase::Expand, "Replication tells rows by this index.");
    finish.refs = {
        table.id,
        {Kind::Index, table.id.schema, {}, table.replica_identity.index, {}},
        {Kind::Constraint, table.id.schema, table.id.name, table.replica_identity.index, {}}};
    finish.sql = {replica_identity_sql(table)};
    finish.undo = {alter_table(table, true) + "REPLICA IDENTITY DEFAULT"};
    operations.push_back(std::move(finish));
  }
}

namespace {

bool referring_keys_change(const QualifiedName& table, const Context& context) {
  const auto keys = context.referring.find(table);
  return keys != context.referring.end() &&
         std::ranges::any_of(keys->second,
                             [&](const Constraint* key) { return context.change(key->id); });
}

bool has_default_partition(const QualifiedName& table, const Context& context) {
  if (context.default_partitions.contains(table)) return true;
  const auto heirs = context.heirs.find(table);
  return heirs != context.heirs.end() &&
         std::ranges::any_of(heirs->second, [](const Table* partition) {
           return partition->bound.sql == "DEFAULT";
         });
}

// They would keep the check constraint that the partition gets for its bounds
// (tablecmds.c, DetachAddConstraintIfNeeded).
bool leaves_parts_behind(const Table& table, const Context& context) {
  return std::ranges::any_of(all_below(table, context.old_heirs),
                             [&](const Table* below) { return !context.goes_away(below->id); });
}

// Whether the partition can leave its table while others use that. Undo attaches it to a table that
// is as it was.
bool detaches_online(const Table& table, const Context& context) {
  const int version = context.from.server_version;
  if (table.partition_of.empty() || (version != 0 && version < 14) ||
      context.goes_away(table_id(table.partition_of)) ||
      has_default_partition(table.partition_of, context) || leaves_parts_behind(table, context) ||
      context.size(name_of(table)) != Size::Large)
    return false;
  for (const Table* parent = &table; parent; parent = context.from.table(parent->partition_of))
    if (!context.changed_on(parent->partition_of).empty() ||
        referring_keys_change(parent->partition_of, context))
      return false;
  return true;
}

// What the drop did to the partitioned table goes into a step before it.
void detach_before(const Table& table, bool online, const Context& context, Operation& drop,
                   Operations& operations) {
  Operation detached =
      make(Role::Alter, table, Phase::Contract,
           online ? "The partition leaves its table while others use that; it is dropped after."
                  : "The partition leaves its table, to which others refer; it is dropped after.");
  detached.refs.clear();
  detached.op = online ? Op::DetachPartitionConcurrently : Op::DetachPartition;
  detached.relations = {quote_qualified(table.partition_of)};
  if (online) {
    detached.also = {{Op::DetachedPartition, with_heirs(name_of(table), context)}};
  } else {
    detached.relations.push_back(sql_name(table.id));
    append(detached.relations, default_beside(table, context));
  }
  detached.also.push_back(
      {Op::ReferencedTable, referenced_tables(table.partition_of, context.from, context)});
  lock_referring_tables(table, context, detached);
  detached.sql = {detach_sql(table) + (online ? " CONCURRENTLY" : "")};
  detached.undo = std::move(drop.undo_after_parts);
  drop.undo_after_parts.clear();
  for (Part& part : drop.parts) {
    append(detached.undo, std::move(part.attached));
    part.attached.clear();
  }
  const Statements done = detached.relations;
  std::erase_if(drop.relations, [&](const std::string& relation) {
    return relation != sql_name(table.id) && std::ranges::find(done, relation) != done.end();
  });
  operations.push_back(std::move(detached));
}

}  // namespace

void lower_drop(const Table& table, const Change& change, const Context& context,
                Operations& operations) {
  Operation operation =
      make(Role::Drop, table, Phase::Contract,
           change.action == Action::Drop ? "The table is not in the desired schema."
                                         : "The table cannot be altered in place.");
  operation.op = Op::DropTable;
  operation.relations = {sql_name(table.id)};
  if (!table.partition_of.empty()) {
    operation.relations.push_back(quote_qualified(table.partition_of));
    append(operation.relations, default_beside(table, context));
  }
  if (!context.drops_links_apart)
    append(operation.relations, referenced_tables(name_of(table), context.from, context));
  operation.sql = {drop_sql(table)};
  // undo attaches it to a parent that has its columns again
  std::vector<QualifiedName> parents = table.inherits;
  if (!table.partition_of.empty()) parents.push_back(table.partition_of);
  for (const QualifiedName& parent : parents)
    if (const Table* found = context.from.table(parent))
      for (const Column& column : found->columns)
        operation.releases.push_back({Kind::Column, parent.schema, parent.name, column.name, {}});
  const auto& children = context.children_of(table.id);
  Statements owned_by;
  for (const Object* child : children) {
    if (child->id.kind != Kind::Sequence || !context.goes_away(child->id)) continue;
    const auto& sequence = static_cast<const Sequence&>(*child);
    append(operation.undo, full_create(sequence, context.from, context.from));
    append(owned_by, owned_by_sql(sequence));
  }
  append(operation.undo, full_create(table, context.from, context.from));
  append(operation.undo, inherited_defaults(table, context));
  append(operation.undo, inherited_checks(table, context.from, context));
  append(operation.undo, std::move(owned_by));
  for (const Object* child : children) {
    if (is_dropped_apart(*child, context)) continue;
    operation.parts.push_back(part_of(*child, context));
  }
  order_parts(operation.parts, context);
  operation.undo_after_parts = attach_with_states(table, context.from, context);
  if (table.replica_identity.mode == 'i')
    operation.undo_after_parts.push_back(replica_identity_sql(table));
  if (table.server.empty()) tell_loss(operation, "The table comes back without its rows.");
  const bool online = detaches_online(table, context);
  const bool referred = is_referred_to(table, context);
  if (referred && context.goes_away(table_id(table.partition_of)))
    operation.refs.push_back(table_id(table.partition_of));  // which is detached
  else if (online || referred)
    detach_before(table, online, context, operation, operations);
  operations.push_back(std::move(operation));
}

}  // namespace schemadiff::engine
