// Decides how tables change in place; columns are in column.cpp.
#include <algorithm>
#include <set>

#include "engine/lower/partition.h"
#include "schema/error_at.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

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

bool has_inherited_parts(const QualifiedName& name, const Catalog& catalog) {
  const auto inherited = [](const auto& part) { return !part.local; };
  return std::ranges::any_of(catalog.table(name)->columns, inherited) ||
         std::ranges::any_of(constraints_of(name, 'c', catalog),
                             [&](const Constraint* check) { return inherited(*check); });
}

std::vector<QualifiedName> without(std::vector<QualifiedName> names,
                                   const std::vector<QualifiedName>& others) {
  std::erase_if(names, [&](const QualifiedName& name) {
    return std::ranges::find(others, name) != others.end();
  });
  return names;
}

}  // namespace

NewParents new_parents(const Table& before, const Table& after, const Context& context) {
  const bool in_order = !has_inherited_parts(name_of(before), context.from) &&
                        !has_inherited_parts(name_of(after), context.to);
  std::vector<QualifiedName> kept;
  if (in_order) {
    auto next = before.inherits.begin();
    for (const QualifiedName& parent : after.inherits) {
      next = std::find(next, before.inherits.end(), parent);
      if (next == before.inherits.end()) break;
      kept.push_back(parent);
    }
  } else {
    kept = without(before.inherits, without(before.inherits, after.inherits));
  }
  const std::vector<QualifiedName> left = without(before.inherits, after.inherits);
  return {kept, left, without(without(before.inherits, kept), left), without(after.inherits, kept)};
}

namespace {

Statements for_each_parent(const Table& table, const char* words,
                           const std::vector<QualifiedName>& parents) {
  Statements sql;
  for (const QualifiedName& parent : parents)
    sql.push_back(alter_table(table) + words + quote_qualified(parent));
  return sql;
}

std::set<QualifiedName> with_all_above(std::vector<QualifiedName> tables, const Catalog& catalog) {
  std::set<QualifiedName> all;
  while (!tables.empty()) {
    const QualifiedName name = tables.back();
    tables.pop_back();
    if (!all.insert(name).second) continue;
    if (const Table* table = catalog.table(name))
      tables.insert(tables.end(), table->inherits.begin(), table->inherits.end());
  }
  return all;
}

void lower_inheritance(const TableChange& c, const Context& context) {
  const NewParents there = new_parents(c.before, c.after, context);
  const NewParents back = new_parents(c.after, c.before, context);
  const auto push = [&](std::string why, Statements sql, Statements undo) -> Operation& {
    Operation& operation = c.push(Phase::Contract, Op::AlterInheritance, std::move(why),
                                  std::move(sql), std::move(undo));
    operation.relations = with_heirs(name_of(c.after), context);
    return operation;
  };
  const auto leave = [&](const auto& parents) {
    return for_each_parent(c.after, "NO INHERIT ", parents);
  };
  const auto join = [&](const auto& parents) {
    return for_each_parent(c.after, "INHERIT ", parents);
  };
  Statements undo = leave(back.again);
  append(undo, join(back.joined));
  if (!there.left.empty()) {
    Operation& operation = push("The table leaves a parent.", leave(there.left), undo);
    operation.role = Role::Alter;
    for (const QualifiedName& parent : there.left) operation.releases.push_back(table_id(parent));
    if (has_inherited_parts(name_of(c.before), context.from))
      operation.undo_note = "Columns and checks that were inherited only stay the table's own.";
    undo.clear();
  }
  if (!there.joined.empty()) {
    Statements sql = leave(there.again);
    append(sql, join(there.joined));
    Statements leave_new = leave(back.left);
    append(leave_new, std::move(undo));
    Operation& operation = push(back.left.empty() ? "The table's parents come in another order."
                                                  : "The table becomes the child of a parent.",
                                std::move(sql), std::move(leave_new));
    operation.role = Role::Finish;
    operation.refs = {c.after.id};
    for (const ObjectId& id : context.changed_on(name_of(c.after))) operation.refs.push_back(id);
    for (const QualifiedName& parent : there.joined) {
      operation.refs.push_back(table_id(parent));
      if (!context.is_new(parent))
        operation.also.push_back({Op::InheritFrom, {quote_qualified(parent)}});
    }
    for (const QualifiedName& name : with_all_above(there.joined, context.to))
      for (const ObjectId& id : context.changed_on(name)) {
        operation.refs.push_back(id);
        operation.after_drops.push_back(id);
      }
  }
}

void lower_partition(const TableChange& c, const Context& context) {
  if (!c.before.partition_of.empty()) {
    Operation& operation =
        c.push(Phase::Contract, Op::DetachPartition, "The table leaves its partitioned table.",
               {detach_sql(c.before)}, attach_with_states(c.before, context.from, context));
    operation.role = Role::Alter;
    operation.releases = {table_id(c.before.partition_of)};
    operation.relations.push_back(quote_qualified(c.before.partition_of));
    append(operation.relations, default_beside(c.before, context));
    operation.also.push_back(
        {Op::ReferencedTable, referenced_tables(c.before.partition_of, context.from, context)});
    lock_referring_tables(c.before, context, operation);
    // one that only takes other bounds is a part of its table until then
    if (c.before.partition_of == c.after.partition_of)
      follow_what_comes_down(c.after, context, operation);
  }
  if (!c.after.partition_of.empty()) lower_attach(c.after, context, c.operations);
}

std::string of_type_sql(const TableChange& c, const QualifiedName& type) {
  return alter_table(c.after) + (type.empty() ? "NOT OF" : "OF " + quote_qualified(type));
}

// The columns of a typed table do not change (tablecmds.c): it leaves its type before they do.
bool leaves_type(const TableChange& c, const Context& context) {
  const auto& changes = context.changed_on(name_of(c.after));
  const bool columns_change =
      std::ranges::any_of(changes, [](const ObjectId& id) { return id.kind == Kind::Column; });
  return !c.before.of_type.empty() && (c.after.of_type.empty() || columns_change);
}

// Whether a table with the columns of one has those of the other, in their order, when it has lost
// what that lacks and got the rest: a typed table has to (tablecmds.c, ATExecAddOf).
bool comes_in_order(const Table& table, const Table& other, const Context& context) {
  std::vector<std::string_view> names;
  const auto stays = [&](const Column& column) {
    return !context.goes_away({Kind::Column, table.id.schema, table.id.name, column.name, {}});
  };
  for (const Column& column : table.columns)
    if (other.find(column.name) && stays(column)) names.push_back(column.name);
  for (const Column& column : other.columns)
    if (!table.find(column.name) || !stays(column)) names.push_back(column.name);
  return std::ranges::equal(names, other.columns, {}, {}, &Column::name);
}

void lower_leaving_type(const TableChange& c, const Context& context) {
  if (!leaves_type(c, context)) return;
  const QualifiedName& type = c.before.of_type;
  Operation& operation =
      c.push(Phase::Expand, Op::AlterInheritance, "The table is no longer of the type.",
             {of_type_sql(c, {})}, {of_type_sql(c, type)});
  operation.role = Role::Alter;
  operation.releases = context.changed_on(name_of(c.after));
  operation.releases.push_back({Kind::Composite, type.schema, {}, type.name, {}});
  if (!comes_in_order(c.after, c.before, context))
    set_irreversible(operation, "Its columns come back in another order than those of the type.");
}

void lower_joining_type(const TableChange& c, const Context& context) {
  if (c.after.of_type.empty()) return;
  if (!comes_in_order(c.before, c.after, context))
    throw error_at(c.after.span, context.to,
                   describe(c.after.id) + " cannot become one of type " +
                       quote_qualified(c.after.of_type) + ": its columns stand in another order",
                   "give the type the columns in the order in which the table has them");
  Operation& operation =
      c.push(Phase::Expand, Op::AlterInheritance, "The type that the table is of differs.",
             {of_type_sql(c, c.after.of_type)},
             {of_type_sql(c, leaves_type(c, context) ? QualifiedName{} : c.before.of_type)});
  operation.role = Role::Finish;
  operation.refs = c.after.refs;
  for (const ObjectId& id : context.changed_on(name_of(c.after))) {
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
  for (const ObjectId& id : context.changed_on(name_of(table))) {
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
      for (const Constraint* foreign : constraints_of(name_of(after), 'f', context.to))
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
  const bool type_differs = changed(change, "of type");
  if (type_differs) lower_leaving_type(c, context);
  if (changed(change, "inherits")) lower_inheritance(c, context);
  if (changed(change, "partition of") || changed(change, "partition bound"))
    lower_partition(c, context);
  if (type_differs) lower_joining_type(c, context);
  if (changed(change, "storage parameters")) {
    const std::string alter = "ALTER TABLE " + sql_name(after.id);
    Operation& operation = c.push(
        Phase::Expand,
        needs_exclusive_lock(before.options, after.options) ? Op::SetTableOptionsExclusive
                                                            : Op::SetTableOptions,
        "The table's storage parameters differ.", options_sql(alter, before.options, after.options),
        options_sql(alter, after.options, before.options));
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
    const std::string& old = before.replica_identity.index;
    if (context.goes_away({Kind::Index, before.id.schema, {}, old, {}}) ||
        context.goes_away({Kind::Constraint, before.id.schema, before.id.name, old, {}})) {
      operation.undo.clear();
      operation.undo_note = "It is set again with the index.";
    }
  }
  if (changed(change, "valid checks")) lower_valid_checks(before, after, context, operations);
  lower_row_security(c, change);
  if (changed(change, "foreign options")) {
    const std::string alter = "ALTER FOREIGN TABLE " + sql_name(after.id);
    c.push(Phase::Contract, Op::AlterForeignOptions, "The table's options differ.",
           {alter + changed_foreign_options(before.foreign_options, after.foreign_options)},
           {alter + changed_foreign_options(after.foreign_options, before.foreign_options)});
  }
}

}  // namespace schemadiff::engine
