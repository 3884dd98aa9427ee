// Decides how tables are created, altered and dropped; columns are in column.cpp.
#include <algorithm>

#include "diff/recreate.h"
#include "engine/lower/lower.h"
#include "engine/lower/partition.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

namespace {

ObjectId table_id(const QualifiedName& name) {
  return {Kind::Table, name.schema, {}, name.name, {}};
}

std::string alter_table(const Table& table, bool only = false) {
  return std::string("ALTER TABLE ") + (only ? "ONLY " : "") + sql_name(table.id) + ' ';
}

std::string detach(const Table& table) {
  return "ALTER TABLE " + quote_qualified(table.partition_of) + " DETACH PARTITION " +
         sql_name(table.id);
}

std::vector<const Constraint*> constraints_of(const QualifiedName& table, char contype,
                                              const Catalog& catalog) {
  std::vector<const Constraint*> found;
  for_each_constraint(catalog, table, [&](const Constraint& constraint) {
    if (constraint.contype == contype) found.push_back(&constraint);
  });
  return found;
}

// What a partition has to have before it is attached: its parents' check constraints
// (tablecmds.c, MergeConstraintsIntoExisting).
Statements inherited_checks(const Table& table, const Catalog& catalog) {
  Statements sql;
  for (const Table* parent = catalog.table(table.partition_of); parent;
       parent = catalog.table(parent->partition_of)) {
    for (const Constraint* check :
         constraints_of({parent->id.schema, parent->id.name}, 'c', catalog)) {
      if (check->no_inherit) continue;
      Constraint own = *check;
      own.id.schema = table.id.schema;
      own.id.parent = table.id.name;
      if (!catalog.constraints.contains(own.id)) append(sql, create_sql(own));
    }
  }
  return sql;
}

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
    sql.push_back(alter_column(
        id,
        column.default_value.empty() ? "DROP DEFAULT" : "SET DEFAULT " + column.default_value->sql,
        true));
  }
  return sql;
}

// From version 18 on PARTITION OF hands the names of NOT NULL constraints down; what is made by
// itself and attached keeps its own.
void name_not_nulls_as_parent(Table& table, const Context& context) {
  const Table* parent = context.to.table(table.partition_of);
  if (!parent || context.from.server_version < 18) return;
  for (Column& column : table.columns) {
    const Column* own = parent->find(column.name);
    if (own && own->not_null && column.not_null && column.not_null_name.empty())
      column.not_null_name = not_null_name(parent->id, *own);
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

// A partition takes its bounds when those that had them are gone or detached.
void follow_partitions_in_the_way(const Table& table, const Context& context,
                                  Operation& operation) {
  const auto found = context.old_heirs.find(table.partition_of);
  if (found == context.old_heirs.end()) return;
  for (const Table* other : found->second) {
    if (other->id == table.id || bounds_are_apart(table.bound.sql, other->bound.sql)) continue;
    if (context.goes_away(other->id))
      operation.after_drops.push_back(other->id);
    else
      operation.refs.push_back(other->id);
  }
}

// The default partition of the table's parent, if it is another: what it may hold follows from the
// bounds of all others.
Statements default_beside(const Table& table, const Context& context) {
  const auto found = context.default_partitions.find(table.partition_of);
  if (found == context.default_partitions.end() || found->second->id == table.id) return {};
  return with_heirs({found->second->id.schema, found->second->id.name}, context);
}

// What the foreign keys of the table refer to.
Statements referenced_tables(const QualifiedName& table, const Catalog& catalog,
                             const Context& context) {
  Statements names;
  for (const Constraint* foreign : constraints_of(table, 'f', catalog))
    if (!context.is_new(foreign->referenced_table))
      append(names, with_partitions(foreign->referenced_table, context));
  return names;
}

void lock_for_attach(const Table& table, const Context& context, const BoundProof& proof,
                     Operation& operation) {
  const QualifiedName name{table.id.schema, table.id.name};
  if (!context.is_new(table.partition_of)) {
    operation.op = Op::AttachPartition;
    operation.relations = {quote_qualified(table.partition_of)};
    operation.also.push_back({proof.of_default ? Op::DefaultPartitionProven : Op::DefaultPartition,
                              default_beside(table, context)});
  }
  // the partition gets the foreign keys of its parent
  operation.also.push_back(
      {Op::ReferencedTable, referenced_tables(table.partition_of, context.to, context)});
  if (!context.is_new(name))
    operation.also.push_back(
        {proof.of_partition ? Op::AttachedPartitionProven : Op::AttachedPartition,
         with_heirs(name, context)});
}

// Whether it is a check or a foreign key, which partitions have from their table.
bool hands_down(const ObjectId& id, const Context& context) {
  for (const Catalog* catalog : {&context.from, &context.to}) {
    const auto found = catalog->constraints.find(id);
    if (found != catalog->constraints.end() && !has_parts(found->second)) return true;
  }
  return false;
}

// The parent and everything on it and on the partition that has to be there for ATTACH to find.
void attach(const Table& table, const Context& context, Operations& operations) {
  BoundProof proof = prove_bounds(table, context);
  std::vector<ObjectId> checked;
  for (Operation& check : proof.before) {
    checked.push_back(check.object);
    operations.push_back(std::move(check));
  }
  Operation operation = make(Role::Finish, table, Phase::Expand, "The table becomes a partition.");
  operation.refs = {table.id, table_id(table.partition_of)};
  for (const ObjectId& id : context.changed_on({table.id.schema, table.id.name})) {
    operation.refs.push_back(id);
    if (id.kind == Kind::Column) operation.after_drops.push_back(id);  // its table may not have it
  }
  for (const Table* parent = context.to.table(table.partition_of); parent;
       parent = context.to.table(parent->partition_of))
    for (const ObjectId& id : context.changed_on({parent->id.schema, parent->id.name})) {
      const bool comes_down = id.kind == Kind::Column || hands_down(id, context);
      if (comes_down) operation.refs.push_back(id);
      // what the partition has would become part of an index that is about to go
      if (comes_down || context.change(id)->action == Action::Replace)
        operation.after_drops.push_back(id);
    }
  operation.finished = {table_id(table.partition_of)};
  operation.refs.insert(operation.refs.end(), checked.begin(), checked.end());
  follow_partitions_in_the_way(table, context, operation);
  operation.sql = attach_sql(table);
  operation.undo = {detach(table)};
  lock_for_attach(table, context, proof, operation);
  operations.push_back(std::move(operation));
  std::move(proof.after.begin(), proof.after.end(), std::back_inserter(operations));
}

Statements options_of(const Table& table, const Options& before, const Options& after) {
  return options_sql("ALTER TABLE " + sql_name(table.id), before, after);
}

}  // namespace

void lower_create(const Table& table, const Change& change, const Context& context,
                  Operations& operations) {
  Operation operation =
      make(Role::Make, table, Phase::Expand,
           change.action == Action::Create ? "The table is new."
                                           : "The table in its new form, without rows.");
  Table made = table;
  name_not_nulls_as_parent(made, context);
  const bool late = context.late_defaults.contains(table.id);
  Statements defaults;
  if (late) {
    operation.refs = table.refs;
    for (const Column& column : table.columns)
      operation.refs.insert(operation.refs.end(), column.refs.begin(), column.refs.end());
    std::erase_if(made.columns,
                  [](const Column& c) { return !c.generated.empty() && !c.default_refs.empty(); });
    for (Column& column : made.columns) {
      if (column.default_value.empty() || column.default_refs.empty()) continue;
      const ObjectId id{Kind::Column, table.id.schema, table.id.name, column.name, {}};
      defaults.push_back(alter_column(id, "SET DEFAULT " + column.default_value->sql, true));
      column.default_value.clear();
    }
    for (const Column& column : table.columns)
      if (!column.generated.empty() && !column.default_refs.empty())
        defaults.push_back("ALTER TABLE " + sql_name(table.id) + " ADD COLUMN " +
                           column_definition(column));
  }
  for (ObjectId& id : coming_columns_of_parents(table, context))
    operation.refs.push_back(std::move(id));
  follow_columns_above(table, table, context, operation);
  const diff::CompareOptions& manage = context.options.compare;
  operation.sql = full_create(made, context.to, context.from, manage.owners, manage.privileges);
  append(operation.sql, inherited_checks(table, context.to));
  operation.undo = {drop_sql(table)};
  operation.op = Op::InheritFrom;
  for (const QualifiedName& parent : table.inherits)
    if (!context.is_new(parent)) operation.relations.push_back(quote_qualified(parent));
  // detached, it keeps the foreign keys of its parent: undo drops it before what they refer to
  for (const Constraint* foreign : constraints_of(table.partition_of, 'f', context.to))
    if (table_id(foreign->referenced_table) != table.id)
      operation.refs.push_back(table_id(foreign->referenced_table));
  operations.push_back(std::move(operation));
  if (!defaults.empty()) {
    Operation finish =
        make(Role::Finish, table, Phase::Expand, "Defaults that use functions of the table.");
    finish.refs.push_back(table.id);
    finish.sql = std::move(defaults);
    finish.undo_note = "Goes away with the table.";
    operations.push_back(std::move(finish));
  }
  if (!table.partition_of.empty()) attach(table, context, operations);
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

// Whether the partition can leave its table while others use that. Undo attaches it to a table that
// is as it was.
bool detaches_online(const Table& table, const Context& context) {
  const int version = context.from.server_version;
  if (table.partition_of.empty() || (version != 0 && version < 14) ||
      context.goes_away(table_id(table.partition_of)) ||
      context.default_partitions.contains(table.partition_of) ||
      context.size({table.id.schema, table.id.name}) != Size::Large)
    return false;
  for (const Table* parent = &table; parent; parent = context.from.table(parent->partition_of))
    if (!context.changed_on(parent->partition_of).empty()) return false;
  return true;
}

// What the drop did to the partitioned table goes into a step before it.
void detach_online(const Table& table, const Context& context, Operation& drop,
                   Operations& operations) {
  Operation detached =
      make(Role::Alter, table, Phase::Contract,
           "The partition leaves its table while others use that; it is dropped after.");
  detached.refs.clear();
  detached.op = Op::DetachPartitionConcurrently;
  detached.relations = {quote_qualified(table.partition_of)};
  detached.also = {
      {Op::DetachedPartition, with_heirs({table.id.schema, table.id.name}, context)},
      {Op::ReferencedTable, referenced_tables(table.partition_of, context.from, context)}};
  detached.sql = {detach(table) + " CONCURRENTLY"};
  detached.undo = std::move(drop.undo_after_parts);
  drop.undo_after_parts.clear();
  for (Part& part : drop.parts) {
    append(detached.undo, std::move(part.attached));
    part.attached.clear();
  }
  std::erase(drop.relations, quote_qualified(table.partition_of));
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
    append(operation.relations,
           referenced_tables({table.id.schema, table.id.name}, context.from, context));
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
  append(operation.undo, inherited_checks(table, context.from));
  append(operation.undo, std::move(owned_by));
  for (const Object* child : children) {
    if (is_dropped_apart(*child, context)) continue;
    operation.parts.push_back(part_of(*child, context));
  }
  order_parts(operation.parts, context);
  operation.undo_after_parts = attach_sql(table);
  if (table.replica_identity.mode == 'i')
    operation.undo_after_parts.push_back(replica_identity_sql(table));
  if (table.server.empty()) operation.undo_note = "The table comes back without its rows.";
  if (detaches_online(table, context)) detach_online(table, context, operation, operations);
  operations.push_back(std::move(operation));
}

namespace {

struct TableChange {
  const Table& before;
  const Table& after;
  Operations& operations;

  Operation& push(Phase phase, Op op, std::string why, Statements sql, Statements undo) const {
    Operation operation = make(Role::Detail, after, phase, std::move(why));
    operation.op = op;
    operation.relations = {sql_name(after.id)};
    operation.sql = std::move(sql);
    operation.undo = std::move(undo);
    operations.push_back(std::move(operation));
    return operations.back();
  }
};

void lower_inheritance(const TableChange& c, const Context& context) {
  const auto parents = [](const Table& table, const Table& other) {
    std::vector<QualifiedName> only;
    for (const QualifiedName& parent : table.inherits)
      if (std::ranges::find(other.inherits, parent) == other.inherits.end()) only.push_back(parent);
    return only;
  };
  const auto push = [&](const std::vector<QualifiedName>& changing, std::string why,
                        const char* words, const char* undo_words) -> Operation& {
    Statements sql, undo;
    for (const QualifiedName& parent : changing) {
      sql.push_back(alter_table(c.after) + words + quote_qualified(parent));
      undo.push_back(alter_table(c.after) + undo_words + quote_qualified(parent));
    }
    Operation& operation = c.push(Phase::Contract, Op::AlterInheritance, std::move(why),
                                  std::move(sql), std::move(undo));
    operation.relations = with_heirs({c.after.id.schema, c.after.id.name}, context);
    return operation;
  };
  const QualifiedName name{c.after.id.schema, c.after.id.name};
  if (const auto left = parents(c.before, c.after); !left.empty()) {
    Operation& operation = push(left, "The table leaves a parent.", "NO INHERIT ", "INHERIT ");
    operation.role = Role::Alter;
    for (const QualifiedName& parent : left) operation.releases.push_back(table_id(parent));
    const auto inherited = [](const auto& part) { return !part.local; };
    if (std::ranges::any_of(c.before.columns, inherited) ||
        std::ranges::any_of(constraints_of(name, 'c', context.from),
                            [&](const Constraint* check) { return inherited(*check); }))
      operation.undo_note = "Columns and checks that were inherited only stay the table's own.";
  }
  if (const auto joined = parents(c.after, c.before); !joined.empty()) {
    Operation& operation =
        push(joined, "The table becomes the child of a parent.", "INHERIT ", "NO INHERIT ");
    operation.role = Role::Finish;
    operation.refs = {c.after.id};
    for (const ObjectId& id : context.changed_on(name)) operation.refs.push_back(id);
    for (const QualifiedName& parent : joined) {
      operation.refs.push_back(table_id(parent));
      for (const ObjectId& id : context.changed_on(parent)) {
        operation.refs.push_back(id);
        operation.after_drops.push_back(id);
      }
      if (!context.is_new(parent))
        operation.also.push_back({Op::InheritFrom, {quote_qualified(parent)}});
    }
  }
}

void lower_partition(const TableChange& c, const Context& context) {
  if (!c.before.partition_of.empty()) {
    Operation& operation =
        c.push(Phase::Contract, Op::DetachPartition, "The table leaves its partitioned table.",
               {detach(c.before)}, attach_sql(c.before));
    operation.role = Role::Alter;
    operation.releases = {table_id(c.before.partition_of)};
    operation.relations.push_back(quote_qualified(c.before.partition_of));
    append(operation.relations, default_beside(c.before, context));
    operation.also.push_back(
        {Op::ReferencedTable, referenced_tables(c.before.partition_of, context.from, context)});
  }
  if (!c.after.partition_of.empty()) attach(c.after, context, c.operations);
}

// The columns of a typed table do not change (tablecmds.c): it leaves its type before they do.
void lower_of_type(const TableChange& c, const Context& context) {
  const auto sql = [&](const QualifiedName& type) {
    return alter_table(c.after) + (type.empty() ? "NOT OF" : "OF " + quote_qualified(type));
  };
  const QualifiedName &from = c.before.of_type, &to = c.after.of_type;
  const auto& changes = context.changed_on({c.after.id.schema, c.after.id.name});
  const bool columns_change =
      std::ranges::any_of(changes, [](const ObjectId& id) { return id.kind == Kind::Column; });
  const bool leaves = !from.empty() && (to.empty() || columns_change);
  if (leaves)
    c.push(Phase::Expand, Op::AlterInheritance, "The table is no longer of the type.", {sql({})},
           {sql(from)})
        .role = Role::Alter;
  if (to.empty()) return;
  Operation& operation =
      c.push(Phase::Expand, Op::AlterInheritance, "The type that the table is of differs.",
             {sql(to)}, {sql(leaves ? QualifiedName{} : from)});
  operation.role = Role::Finish;
  operation.refs = c.after.refs;
  for (const ObjectId& id : changes) {
    operation.refs.push_back(id);
    if (id.kind == Kind::Column) operation.after_drops.push_back(id);
  }
}

void lower_row_security(const TableChange& c, const Change& change) {
  const auto toggle = [&](std::string_view attribute, Op op, const char* set, const char* unset) {
    if (!changed(change, attribute)) return;
    c.push(Phase::Contract, op, "Whether policies hold back rows differs.",
           {alter_table(c.after) + set + " ROW LEVEL SECURITY"},
           {alter_table(c.after) + unset + " ROW LEVEL SECURITY"});
  };
  if (c.after.row_security)
    toggle("row security", Op::EnableRowSecurity, "ENABLE", "DISABLE");
  else
    toggle("row security", Op::DisableRowSecurity, "DISABLE", "ENABLE");
  if (c.after.force_row_security)
    toggle("force row security", Op::ForceRowSecurity, "FORCE", "NO FORCE");
  else
    toggle("force row security", Op::NoForceRowSecurity, "NO FORCE", "FORCE");
}

// From version 15 on the sequences of a table become what it becomes (tablecmds.c,
// ATPrepChangePersistence): those that shall be otherwise are told.
Statements keep_sequences_logged(const Table& table, const Catalog& catalog,
                                 const Context& context) {
  Statements sql;
  if (context.from.server_version != 0 && context.from.server_version < 15) return sql;
  for (const Object* child : context.children_of(table.id)) {
    if (child->id.kind != Kind::Sequence) continue;
    const auto sequence = catalog.sequences.find(child->id);
    if (sequence != catalog.sequences.end() && sequence->second.unlogged != table.unlogged)
      sql.push_back("ALTER SEQUENCE " + sql_name(child->id) +
                    (table.unlogged ? " SET LOGGED" : " SET UNLOGGED"));
  }
  return sql;
}

bool sets_toast_options(const Table& before, const Table& after) {
  return std::ranges::any_of(after.options, [&](const auto& option) {
    return option.first.starts_with("toast.") &&
           std::ranges::find(before.options, option) == before.options.end();
  });
}

// Where no column needs a TOAST table yet, the options of one are lost (tablecmds.c).
void follow_columns_with_toast(const Table& table, const Context& context, Operation& operation) {
  for (const ObjectId& id : context.changed_on({table.id.schema, table.id.name})) {
    const Change& column = *context.change(id);
    if (id.kind == Kind::Column && (column.action == Action::Create || changed(column, "type")))
      operation.refs.push_back(id);
  }
}

}  // namespace

void lower_alter(const Table& before, const Table& after, const Change& change,
                 const Context& context, Operations& operations) {
  const TableChange c{before, after, operations};
  const auto rewrite = [&](std::string why, std::string sql, std::string undo) {
    c.push(Phase::Contract, Op::RewriteTable, std::move(why), {std::move(sql)}, {std::move(undo)});
  };
  if (changed(change, "unlogged")) {
    rewrite(after.unlogged ? "The table shall not be logged: a crash empties it."
                           : "The table shall be logged.",
            alter_table(after) + (after.unlogged ? "SET UNLOGGED" : "SET LOGGED"),
            alter_table(after) + (before.unlogged ? "SET UNLOGGED" : "SET LOGGED"));
    Operation& operation = operations.back();
    operation.role = Role::Alter;
    append(operation.sql, keep_sequences_logged(after, context.to, context));
    append(operation.undo, keep_sequences_logged(before, context.from, context));
    // a logged table refers to logged tables only
    if (!after.unlogged)
      for (const Constraint* foreign :
           constraints_of({after.id.schema, after.id.name}, 'f', context.to))
        operation.refs.push_back(table_id(foreign->referenced_table));
    else
      for (const auto& [id, foreign] : context.from.constraints)
        if (foreign.contype == 'f' && table_id(foreign.referenced_table) == after.id) {
          operation.after_drops.push_back(id);
          operation.refs.push_back(table_id(table_name(id)));
        }
    // an unlogged one is not published
    for (const auto& [id, publication] : context.from.publications)
      if (after.unlogged && std::ranges::any_of(publication.tables, [&](const PublishedTable& t) {
            return table_id(t.table) == after.id;
          })) {
        operation.after_drops.push_back(id);
        operation.refs.push_back(id);
      }
  }
  if (changed(change, "inherits")) lower_inheritance(c, context);
  if (changed(change, "partition of") || changed(change, "partition bound"))
    lower_partition(c, context);
  if (changed(change, "of type")) lower_of_type(c, context);
  if (changed(change, "storage parameters")) {
    Operation& operation = c.push(
        Phase::Expand,
        needs_exclusive_lock(before.options, after.options) ? Op::SetTableOptionsExclusive
                                                            : Op::SetTableOptions,
        "The table's storage parameters differ.", options_of(after, before.options, after.options),
        options_of(after, after.options, before.options));
    if (sets_toast_options(before, after)) follow_columns_with_toast(after, context, operation);
  }
  if (changed(change, "tablespace"))
    rewrite("The table moves to another tablespace.",
            alter_table(after) + "SET TABLESPACE " + tablespace_name(after.tablespace),
            alter_table(after) + "SET TABLESPACE " + tablespace_name(before.tablespace));
  if (changed(change, "access method")) {
    const auto sql = [&](const Table& table) {
      return alter_table(after) + "SET ACCESS METHOD " +
             (table.access_method.empty() ? "heap" : quote_identifier(table.access_method));
    };
    rewrite("The table's access method differs.", sql(after), sql(before));
  }
  if (changed(change, "replica identity")) {
    Operation& operation =
        c.push(Phase::Contract, Op::AlterReplicaIdentity, "What replication tells rows by differs.",
               {replica_identity_sql(after)}, {replica_identity_sql(before)});
    operation.role = Role::Finish;
    operation.refs = {
        {Kind::Index, after.id.schema, {}, after.replica_identity.index, {}},
        {Kind::Constraint, after.id.schema, after.id.name, after.replica_identity.index, {}}};
  }
  lower_row_security(c, change);
  if (changed(change, "foreign options")) {
    const std::string alter = "ALTER FOREIGN TABLE " + sql_name(after.id);
    c.push(Phase::Contract, Op::AlterForeignOptions, "The table's options differ.",
           {alter + changed_foreign_options(before.foreign_options, after.foreign_options)},
           {alter + changed_foreign_options(after.foreign_options, before.foreign_options)});
  }
}

}  // namespace schemadiff::engine
