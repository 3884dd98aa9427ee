// Decides how a column gets another name, or becomes a reference to a table of its names, while the
// old and the new application run: a new column, a trigger that keeps both equal in meaning, and
// the old column's end.
#include "engine/enum_values.h"
#include "engine/lower/column.h"
#include "engine/lower/partition.h"
#include "engine/sync_trigger.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

// How the values of the old and the new column follow from each other.
struct Pair {
  const ColumnChange& c;
  const ObjectId& old_id;
  const ObjectId& new_id;
  TypeName old_type, new_type;
  const Lookup* lookup;  // null: they are equal

  // Expressions for the other column's value, which a trigger assigns as it is; `row` is "NEW." or
  // what a query has before the column.
  std::string new_value(const std::string& row) const {
    const std::string value = row + quote_identifier(old_id.name);
    return lookup ? looked_up(lookup->key, lookup->label, value + "::pg_catalog.text") : value;
  }
  std::string old_value(const std::string& row) const {
    const std::string value = row + quote_identifier(new_id.name);
    return lookup ? looked_up(lookup->label, lookup->key, value) : value;
  }

  SyncTrigger trigger() const {
    return {table_name(new_id), old_id.name,
            new_id.name,        old_type,
            new_type,           new_value("NEW."),
            old_value("NEW."),  !c.table.partition_key.strategy.empty()};
  }
  // What a backfill does, and for which rows.
  std::string fill_new(const Table& table) const {
    return assignment(new_id, new_value(row(table)));
  }
  std::string where_new_differs() const {
    if (!lookup) return distinct_sql(name(new_id), name(old_id), new_type);
    return name(new_id) + " IS NULL AND " + name(old_id) + " IS NOT NULL";
  }
  std::string fill_old(const Table& table) const {
    return assignment(old_id, old_value(row(table)) + (lookup ? "::" + old_type.sql : ""));
  }
  std::string where_old_differs() const {
    if (!lookup) return distinct_sql(name(old_id), name(new_id), old_type);
    return name(old_id) + " IS NULL AND " + name(new_id) + " IS NOT NULL";
  }

 private:
  static std::string name(const ObjectId& id) { return quote_identifier(id.name); }
  std::string row(const Table& table) const {
    return lookup ? quote_identifier(table.id.name) + '.' : "";
  }
  static std::string assignment(const ObjectId& id, const std::string& value) {
    return name(id) + " = " + value;
  }
  std::string looked_up(const std::string& wanted, const std::string& known,
                        const std::string& value) const {
    return "(SELECT lookup." + quote_identifier(wanted) + " FROM " +
           quote_qualified(lookup->table) + " AS lookup WHERE lookup." + quote_identifier(known) +
           " = " + value + ')';
  }
};

Pair pair_of(const ColumnChange& c, const ObjectId& old_id, const ObjectId& new_id) {
  const auto lookup = c.context.lookups.find(new_id);
  return {c,
          old_id,
          new_id,
          c.context.from.table(table_name(old_id))->find(old_id.name)->type,
          c.context.to.table(table_name(new_id))->find(new_id.name)->type,
          lookup == c.context.lookups.end() ? nullptr : &lookup->second};
}

// The values of `type`, which the columns of these have, become rows of the reference table.
struct Names {
  const Enum* type;
  const Lookup& lookup;

  std::string insert() const {
    const std::string label = quote_identifier(lookup.label);
    std::string sql = "INSERT INTO " + quote_qualified(lookup.table) + " (" + label + ") VALUES ";
    for (const std::string& value : type->labels)
      sql += (&value == &type->labels.front() ? "(" : ", (") + quote_literal(value) + ')';
    return sql + " ON CONFLICT (" + label + ") DO NOTHING";
  }
};

ObjectId reference_table(const Lookup& lookup) {
  return {Kind::Table, lookup.table.schema, {}, lookup.table.name, {}};
}

// What makes the names of the reference table unique.
std::vector<ObjectId> unique_names(const Lookup& lookup, const Catalog& catalog) {
  std::vector<ObjectId> ids;
  for (const auto& [id, key] : catalog.constraints)
    if (table_name(id) == lookup.table && key.columns == std::vector{lookup.label})
      ids.push_back(id);
  for (const auto& [id, index] : catalog.indexes)
    if (index.table == lookup.table && index.unique) ids.push_back(id);
  return ids;
}

// Once for all columns of the type that are looked up there.
bool is_first_to_look_up(const Pair& pair, const Enum* type) {
  const Context& context = pair.c.context;
  for (const auto& [column, lookup] : context.lookups) {
    const auto old = context.renamed_from.find(column);
    if (lookup.table != pair.lookup->table || old == context.renamed_from.end()) continue;
    const Column& before = *context.from.table(table_name(old->second))->find(old->second.name);
    if (enum_under(before.type, context.from) == type) return column == pair.new_id;
  }
  return false;
}

void make_names(const Pair& pair, Operations& operations) {
  const Context& context = pair.c.context;
  const Names names{enum_under(pair.old_type, context.from), *pair.lookup};
  if (!names.type || !is_first_to_look_up(pair, names.type)) return;
  Operation operation;
  operation.role = Role::Finish;
  operation.object = reference_table(*pair.lookup);
  operation.why = "The values of " + describe(names.type->id) + " become rows.";
  operation.sql = {names.insert()};
  operation.undo_note = "The rows stay, where their table does.";
  operation.refs = unique_names(*pair.lookup, context.to);
  operations.push_back(std::move(operation));
}

}  // namespace

void lower_backfill(const ColumnChange& c, const AssignIn& set, const std::string& where,
                    const std::string& why, Operations& operations) {
  const Operation any = operation_on_part(c, Role::Alter, Phase::Migrate, why, Op::Backfill);
  for (const Table* table : tables_with_rows(table_name(c.change.id), c.context)) {
    Operation operation = any;
    operation.object.schema = table->id.schema;
    operation.object.parent = table->id.name;
    operation.relations = {sql_name(table->id)};
    operation.backfill = backfill_of(*table, c.context.from, set(*table), where);
    operation.sql = {backfill_sql(*operation.backfill)};
    operation.undo_note = "Nothing to undo: the old column keeps its values.";
    operations.push_back(std::move(operation));
  }
}

Statements backfill_again(const ColumnChange& c, const AssignIn& set, const std::string& where) {
  Statements sql;
  for (const Table* table : tables_with_rows(table_name(c.change.id), c.context))
    // a partition that has been dropped comes back later, and empty
    if (!c.context.goes_away(table->id))
      sql.push_back(backfill_sql({{table->id.schema, table->id.name}, {}, set(*table), where}));
  return sql;
}

void lower_renamed_add(const ColumnChange& c, Operations& operations) {
  const ObjectId& old_id = c.context.renamed_from.at(c.change.id);
  const Column& before = *c.context.from.table(table_name(old_id))->find(old_id.name);
  const Pair pair = pair_of(c, old_id, c.change.id);
  const SyncTrigger trigger = pair.trigger();

  Column bare = *c.after;
  bare.not_null = false;
  bare.default_value.clear();  // until contract the old column's default fills both
  Operation add = operation_on(
      c, Role::Make, Phase::Expand,
      pair.lookup ? "The names in " + quote_identifier(old_id.name) + " become rows of " +
                        quote_qualified(pair.lookup->table) +
                        ": a trigger keeps a new column on the row of the name, whichever is "
                        "written."
                  : "The column " + quote_identifier(old_id.name) +
                        " gets a new name: a trigger keeps a new column equal to it, whichever is "
                        "written.",
      Op::AddSyncedColumn);
  if (has_checks(bare.type, c.context.to))
    add.also.push_back({Op::AddColumnRewriting, add.relations});
  if (!c.context.options.compare.privileges) bare.acl = before.acl;
  if (pair.lookup) {
    make_names(pair, operations);
    add.refs.push_back(reference_table(*pair.lookup));
    add.finished.push_back(reference_table(*pair.lookup));
  }
  add.sql = add_column(c.table, bare, c.context, true);
  append(add.sql, create_sql(trigger));
  add.undo = drop_sql(trigger);
  add.undo.push_back(drop_column(c.table, *c.after));
  operations.push_back(std::move(add));

  lower_backfill(
      c, [&](const Table& table) { return pair.fill_new(table); }, pair.where_new_differs(),
      pair.lookup ? "The rows that are there get the row of their name: until then new "
                    "applications find NULL."
                  : "The rows that are there get the value of the old column: until then new "
                    "applications find NULL.",
      operations);

  if (c.after->not_null)
    lower_set_not_null(c, before.not_null ? Phase::Migrate : Phase::Contract, operations);
  if (c.after->default_value.empty()) return;
  Operation set_default =
      operation_on(c, Role::Alter, Phase::Contract, kDefaultAfterRename, Op::AlterColumnDefault);
  set_default.sql = {default_sql(c.change.id, *c.after, false)};
  set_default.undo = {default_sql(c.change.id, bare, false)};
  operations.push_back(std::move(set_default));
}

void lower_renamed_drop(const ColumnChange& c, Operations& operations) {
  const ObjectId& new_id = c.context.renamed_to.at(c.change.id);
  const Pair pair = pair_of(c, c.change.id, new_id);
  const SyncTrigger trigger = pair.trigger();
  if (!c.context.renamed_from.contains(new_id)) {  // under way since an earlier run
    const std::size_t first = operations.size();
    lower_backfill(
        c, [&](const Table& table) { return pair.fill_new(table); }, pair.where_new_differs(),
        "The rows that an earlier run has not reached get the value of the old column.",
        operations);
    for (std::size_t i = first; i < operations.size(); ++i) {
      operations[i].object.name = new_id.name;
      operations[i].refs.clear();
      operations[i].releases.clear();
    }
  }
  Operation operation = operation_on(
      c, Role::Drop, Phase::Contract,
      "The column lives on as " + quote_identifier(new_id.name) + "; its old name goes.",
      Op::DropSyncedColumn);
  operation.refs.push_back(new_id);
  operation.sql = drop_sql(trigger);
  operation.sql.push_back(drop_column(c.table, *c.before));

  Column bare = *c.before;
  bare.not_null = false;
  bare.default_value.clear();  // the rows that are there have their values from the new column
  operation.undo = add_column(c.table, bare, c.context, true);
  if (!c.before->default_value.empty())
    operation.undo.push_back(default_sql(c.change.id, *c.before, false));
  append(operation.undo, create_sql(trigger));
  append(operation.undo, backfill_again(
                             c, [&](const Table& table) { return pair.fill_old(table); },
                             pair.where_old_differs()));
  if (c.before->not_null) operation.undo.push_back(alter_column(c.change.id, "SET NOT NULL"));
  operations.push_back(std::move(operation));
}

}  // namespace schemadiff::engine
