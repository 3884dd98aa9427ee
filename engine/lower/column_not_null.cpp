// Decides how columns become NOT NULL, and stop being it.
#include <algorithm>

#include "engine/lower/column.h"
#include "schema/ddl/text.h"
#include "schema/object_names.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Change;

std::string set_not_null(const ColumnChange& c, const Column& column, bool only) {
  const bool plain =
      column.not_null_name.empty() && !column.not_null_no_inherit && column.not_null_validated;
  if (plain || c.context.from.server_version < 18)
    return alter_column(c.change.id, "SET NOT NULL", only);
  return add_not_null_sql(sql_name(c.table.id), column);
}

namespace {

// DROP NOT NULL reaches children, of which one may need it for a key of its own.
bool children_keep_not_null(const ColumnChange& c, const Heirs& heirs) {
  const auto found = heirs.find(table_name(c.change.id));
  return c.table.partition_key.strategy.empty() && found != heirs.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](const Table* heir) {
           const Column* column = heir->find(c.change.id.name);
           return column && column->not_null;
         });
}

std::string validate_not_null(const ColumnChange& c) {
  return "ALTER TABLE " + sql_name(c.table.id) + " VALIDATE CONSTRAINT " +
         quote_identifier(not_null_name(c.table.id, *c.after));
}

void push_validation(const ColumnChange& c, Phase phase, std::string sql, Operations& operations) {
  Operation validate = operation_on(
      c, Role::Alter, phase, "The rows that are there are checked while others read and write.",
      Op::ValidateConstraint);
  validate.sql = {std::move(sql)};
  validate.undo_note = "Nothing to undo: it changes no data.";
  validate.own_transaction = true;
  operations.push_back(std::move(validate));
}

}  // namespace

void lower_not_null(const ColumnChange& c, Operations& operations) {
  const std::string alter = "ALTER TABLE " + sql_name(c.table.id) + ' ';
  const std::string before = quote_identifier(not_null_name(c.table.id, *c.before));
  const std::string after = quote_identifier(not_null_name(c.table.id, *c.after));
  const auto push = [&](Op op, std::string why, Statements sql, Statements undo) {
    Operation operation = operation_on(c, Role::Alter, Phase::Expand, std::move(why), op);
    operation.sql = std::move(sql);
    operation.undo = std::move(undo);
    operations.push_back(std::move(operation));
  };
  if (changed(c.change, "not null name"))
    push(Op::AlterNotNull, "The NOT NULL constraint has another name.",
         {alter + "RENAME CONSTRAINT " + before + " TO " + after},
         {alter + "RENAME CONSTRAINT " + after + " TO " + before});
  const auto inherit = [&](const Column& column) {
    return alter + "ALTER CONSTRAINT " + after +
           (column.not_null_no_inherit ? " NO INHERIT" : " INHERIT");
  };
  if (changed(c.change, "not null no inherit"))
    push(Op::AlterNotNull, "Whether children inherit the NOT NULL constraint differs.",
         {inherit(*c.after)}, {inherit(*c.before)});
  if (changed(c.change, "not null validated") && !carrier(c, "not null validated")) {
    const std::string drop = alter_column(c.change.id, "DROP NOT NULL");
    if (c.after->not_null_validated) {
      push_validation(c, Phase::Contract, validate_not_null(c), operations);
      operations.back().undo = {drop, set_not_null(c, *c.before)};
      operations.back().undo_note.clear();
    } else {
      push(Op::AlterNotNull, "The NOT NULL constraint shall not be known to hold for all rows.",
           {drop, set_not_null(c, *c.after)}, {drop, set_not_null(c, *c.before)});
    }
  }
}

void lower_drop_not_null(const ColumnChange& c, Operations& operations) {
  Operation operation =
      operation_on(c, Role::Alter, Phase::Expand, "The column may be NULL.", Op::DropNotNull);
  // a parent that does not hand its own down any more leaves the child's behind
  for (const QualifiedName& parent : c.table.inherits) {
    const ObjectId id{Kind::Column, parent.schema, parent.name, c.change.id.name, {}};
    const Change* change = c.context.change(id);
    if (change && changed(*change, "not null no inherit")) operation.refs.push_back(id);
  }
  // an identity column may not be, and stops being one before its type changes
  if (c.before->identity != '\0' && c.before->type != c.after->type)
    operation.phase = Phase::Contract;
  const bool only = children_keep_not_null(c, c.context.heirs);
  if (only) operation.relations = {sql_name(c.table.id)};
  operation.sql = {alter_column(c.change.id, "DROP NOT NULL", only)};
  operation.undo = {set_not_null(c, *c.before, only)};
  if (!c.before->not_null_comment.empty())
    operation.undo.push_back(
        comment_statement(not_null_address(c.table.id, *c.before), *c.before->not_null_comment));
  operations.push_back(std::move(operation));
}

NotNullCheck::NotNullCheck(const Table& table, const std::string& column)
    : alter_("ALTER TABLE " + sql_name(table.id) + ' '),
      column_(quote_identifier(column)),
      name_(quote_identifier(distinct_name("schemadiff_not_null_" + column))) {}

std::string NotNullCheck::add() const {
  return alter_ + "ADD CONSTRAINT " + name_ + " CHECK (" + column_ + " IS NOT NULL) NOT VALID";
}

std::string NotNullCheck::validate() const { return alter_ + "VALIDATE CONSTRAINT " + name_; }

std::string NotNullCheck::drop() const { return alter_ + "DROP CONSTRAINT " + name_; }

void lower_set_not_null(const ColumnChange& c, Phase phase, Operations& operations) {
  const std::string set = set_not_null(c, *c.after);
  const std::string unset =
      alter_column(c.change.id, "DROP NOT NULL", children_keep_not_null(c, c.context.old_heirs));
  const bool foreign = !c.table.server.empty();
  if (foreign || c.context.size(table_name(c.change.id)) == Size::Small) {
    Operation operation =
        operation_on(c, Role::Alter, phase, "The column shall not be NULL.", Op::SetNotNull);
    operation.sql = {set};
    operation.undo = {unset};
    if (foreign) operation.op = Op::AlterForeignTable;
    operations.push_back(std::move(operation));
    return;
  }
  if (c.context.from.server_version >= 18) {
    Operation add =
        operation_on(c, Role::Alter, phase,
                     "The column shall not be NULL: new rows are held to it first, without a scan.",
                     Op::AddConstraintNotValid);
    Column unproved = *c.after;
    unproved.not_null_validated = false;
    unproved.not_null_name = not_null_name(c.table.id, *c.after);
    add.sql = {add_not_null_sql(sql_name(c.table.id), unproved)};
    add.undo = {unset};
    operations.push_back(std::move(add));
    if (c.after->not_null_validated) push_validation(c, phase, validate_not_null(c), operations);
    return;
  }
  const NotNullCheck check(c.table, c.change.id.name);
  Operation add =
      operation_on(c, Role::Alter, phase,
                   "The column shall not be NULL: new rows are held to it first, without a scan.",
                   Op::AddConstraintNotValid);
  add.sql = {check.add()};
  add.undo = {check.drop()};
  operations.push_back(std::move(add));
  push_validation(c, phase, check.validate(), operations);
  Operation finish = operation_on(c, Role::Alter, phase,
                                  "The validated check proves it; the table is not scanned again.",
                                  Op::SetNotNullProven);
  finish.sql = {set, check.drop()};
  finish.undo = {check.add(), unset};
  finish.own_transaction = true;
  operations.push_back(std::move(finish));
}

}  // namespace schemadiff::engine
