// Decides how a column gets another name while the old and the new application run: a new column, a
// trigger that keeps both equal, and the old column's end.
#include "engine/lower/column.h"
#include "engine/sync_trigger.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

SyncTrigger sync_trigger(const ColumnChange& c, const ObjectId& old_id, const ObjectId& new_id,
                         const Column& column) {
  return {{c.table.id.schema, c.table.id.name},
          old_id.name,
          new_id.name,
          column.type,
          column.type,
          "NEW." + quote_identifier(old_id.name),
          "NEW." + quote_identifier(new_id.name)};
}

std::string assignment(const std::string& to, const std::string& from) {
  return quote_identifier(to) + " = " + quote_identifier(from);
}

std::string differ(const ObjectId& a, const ObjectId& b, const TypeName& type) {
  return distinct_sql(quote_identifier(a.name), quote_identifier(b.name), type);
}

}  // namespace

Operation backfill_operation(const ColumnChange& c, std::string set, std::string where,
                             std::string why) {
  Operation operation = operation_on(c, Role::Alter, Phase::Migrate, std::move(why), Op::Backfill);
  operation.backfill = backfill_of(*c.context.from.table(table_name(c.change.id)), c.context.from,
                                   std::move(set), std::move(where));
  operation.sql = {backfill_sql(*operation.backfill)};
  operation.undo_note = "Nothing to undo: the old column keeps its values.";
  return operation;
}

void lower_renamed_add(const ColumnChange& c, Operations& operations) {
  const ObjectId& old_id = c.context.renamed_from.at(c.change.id);
  const Column& before = *c.context.from.table(table_name(old_id))->find(old_id.name);
  const SyncTrigger trigger = sync_trigger(c, old_id, c.change.id, before);

  Column bare = *c.after;
  bare.not_null = false;
  bare.default_value.clear();  // until contract the old column's default fills both
  Operation add = operation_on(
      c, Role::Make, Phase::Expand,
      "The column " + quote_identifier(old_id.name) +
          " gets a new name: a trigger keeps a new column equal to it, whichever is written.",
      Op::AddSyncedColumn);
  if (!c.context.options.compare.privileges) bare.acl = before.acl;
  add.sql = add_column(c.table, bare, c.context.heirs, c.context.from, true);
  append(add.sql, create_sql(trigger));
  add.undo = drop_sql(trigger);
  add.undo.push_back(drop_column(c.table, *c.after));
  operations.push_back(std::move(add));

  operations.push_back(backfill_operation(
      c, assignment(c.after->name, old_id.name), differ(c.change.id, old_id, before.type),
      "The rows that are there get the value of the old column."));

  if (c.after->not_null)
    lower_set_not_null(c, before.not_null ? Phase::Migrate : Phase::Contract, operations);
  if (c.after->default_value.empty()) return;
  Operation set_default = operation_on(
      c, Role::Alter, Phase::Contract,
      "Only the new application writes from here on: the new column takes the default.",
      Op::AlterColumnDefault);
  set_default.sql = {default_sql(c.change.id, *c.after)};
  set_default.undo = {default_sql(c.change.id, bare)};
  operations.push_back(std::move(set_default));
}

void lower_renamed_drop(const ColumnChange& c, Operations& operations) {
  const ObjectId& new_id = c.context.renamed_to.at(c.change.id);
  const SyncTrigger trigger = sync_trigger(c, c.change.id, new_id, *c.before);
  if (!c.context.renamed_from.contains(new_id)) {  // under way since an earlier run
    Operation rest = backfill_operation(
        c, assignment(new_id.name, c.change.id.name), differ(new_id, c.change.id, c.before->type),
        "The rows that an earlier run has not reached get the value of the old column.");
    rest.object = new_id;
    rest.refs.clear();
    rest.releases.clear();
    operations.push_back(std::move(rest));
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
  operation.undo = add_column(c.table, bare, c.context.old_heirs, c.context.from, true);
  append(operation.undo, create_sql(trigger));
  // which keys stand then is not known now: by pages
  operation.undo.push_back(backfill_sql({table_name(c.change.id),
                                         {},
                                         assignment(c.before->name, new_id.name),
                                         differ(c.change.id, new_id, bare.type)}));
  if (c.before->not_null) operation.undo.push_back(alter_column(c.change.id, "SET NOT NULL"));
  operations.push_back(std::move(operation));
}

}  // namespace schemadiff::engine
