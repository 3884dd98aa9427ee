// Decides how columns become NOT NULL, and stop being it.
#include <algorithm>

#include "engine/lower/column.h"
#include "engine/lower/partition.h"
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

ObjectId column_of(const Table& part, const ColumnChange& c) {
  return {Kind::Column, part.id.schema, part.id.name, c.change.id.name, {}};
}

}  // namespace

const Constraint* primary_key_with(const Table& table, const std::string& column,
                                   const Context& context) {
  for (const Object* child : context.children_of(table.id)) {
    if (child->id.kind != Kind::Constraint) continue;
    const auto& key = static_cast<const Constraint&>(*child);
    if (key.contype == 'p' && std::ranges::find(key.columns, column) != key.columns.end())
      return &key;
  }
  return nullptr;
}

bool is_not_null_in(const Catalog& catalog, const Table& table, const std::string& name) {
  const Table* found = catalog.table({table.id.schema, table.id.name});
  const Column* column = found ? found->find(name) : nullptr;
  return column && column->not_null;
}

Apart going_apart(const ColumnChange& c, const KeepsNotNull& keeps) {
  if (!c.table.partition_key.strategy.empty()) return {};
  std::vector<const Table*> below = all_below(c.table, c.context.old_heirs);
  std::erase_if(below, [&](const Table* heir) { return !heir->find(c.change.id.name); });
  const auto kept = std::erase_if(below, [&](const Table* heir) { return keeps(*heir); });
  if (kept == 0) return {};
  return below;
}

namespace {

Statements alter_not_null(const ColumnChange& c, std::string first, std::string_view action,
                          const Apart& apart) {
  Statements sql{std::move(first)};
  if (apart)
    for (const Table* heir : *apart) sql.push_back(alter_column(column_of(*heir, c), action, true));
  return sql;
}

Statements drop_not_null(const ColumnChange& c, const Apart& apart) {
  return alter_not_null(c, alter_column(c.change.id, "DROP NOT NULL", apart.has_value()),
                        "DROP NOT NULL", apart);
}

}  // namespace

void take_not_null(const ColumnChange& c, const Apart& apart, Operation& operation) {
  operation.sql = drop_not_null(c, apart);
  if (!apart) return;
  operation.relations = {sql_name(c.table.id)};
  for (const Table* heir : *apart) operation.relations.push_back(sql_name(heir->id));
}

namespace {

// Puts the partitions which are NOT NULL where their table is not, topmost ones, into `own`: those
// of `heirs`, which are of one side, that are partitions of it on the other side, too. Before
// version 18 a DROP NOT NULL of their table reaches them (tablecmds.c, ATPrepDropNotNull).
void collect_not_null_of_their_own(const ColumnChange& c, const QualifiedName& table,
                                   const Heirs& heirs, const Catalog& other,
                                   std::vector<const Table*>& own) {
  const auto parts = heirs.find(table);
  if (parts == heirs.end()) return;
  for (const Table* part : parts->second) {
    const QualifiedName name{part->id.schema, part->id.name};
    const Table* there = other.table(name);
    if (!there || there->partition_of != table || c.context.goes_away(part->id)) continue;
    const Column* column = part->find(c.change.id.name);
    if (column && column->not_null)
      own.push_back(part);
    else
      collect_not_null_of_their_own(c, name, heirs, other, own);
  }
}

std::vector<const Table*> not_null_of_their_own(const ColumnChange& c, const Heirs& heirs,
                                                const Catalog& other) {
  std::vector<const Table*> own;
  const QualifiedName table = table_name(c.change.id);
  if (is_partitioned(c.context.from, table) && c.context.from.server_version < 18)
    collect_not_null_of_their_own(c, table, heirs, other, own);
  return own;
}

// DROP NOT NULL, as the way back.
Statements unset_not_null(const ColumnChange& c) {
  Statements sql = drop_not_null(c, going_apart(c, [&](const Table& heir) {
                                   return is_not_null_in(c.context.from, heir, c.change.id.name);
                                 }));
  for (const Table* part : not_null_of_their_own(c, c.context.old_heirs, c.context.to))
    sql.push_back(alter_column(column_of(*part, c), "SET NOT NULL"));
  return sql;
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

NotNullCheck::NotNullCheck(const Table& table, const std::string& column)
    : alter_("ALTER TABLE " + sql_name(table.id) + ' '),
      column_(quote_identifier(column)),
      name_(quote_identifier(distinct_name("schemadiff_not_null_" + column))) {}

std::string NotNullCheck::add() const {
  return alter_ + "ADD CONSTRAINT " + name_ + " CHECK (" + column_ + " IS NOT NULL) NOT VALID";
}

std::string NotNullCheck::validate() const { return alter_ + "VALIDATE CONSTRAINT " + name_; }

std::string NotNullCheck::drop() const { return alter_ + "DROP CONSTRAINT " + name_; }

namespace {

// Each has it again in the transaction of `drop`, which goes behind the proofs that it holds.
void keep_not_null(const ColumnChange& c, Operation& drop, Operations& operations) {
  const auto kept = not_null_of_their_own(c, c.context.heirs, c.context.from);
  const bool proves = !kept.empty() && c.context.size(table_name(c.change.id)) == Size::Large;
  for (const Table* part : kept) {
    const ObjectId id = column_of(*part, c);
    const Statements relations = with_heirs(table_name(id), c.context);
    const NotNullCheck check(*part, id.name);
    drop.sql.push_back(alter_column(id, "SET NOT NULL"));
    drop.also.push_back({proves ? Op::SetNotNullProven : Op::SetNotNull, relations});
    if (!proves) continue;
    Operation add = operation_on_part(
        c, Role::Alter, drop.phase,
        "The partition keeps its NOT NULL: a check holds while the table gives up its own.",
        Op::AddConstraintNotValid);
    add.relations = relations;
    add.sql = {check.add()};
    add.undo = {check.drop()};
    operations.push_back(std::move(add));
    push_validation(c, drop.phase, check.validate(), operations);
    operations.back().relations = relations;
    drop.sql.push_back(check.drop());
    drop.undo.insert(drop.undo.begin(), check.add());
  }
  drop.own_transaction = proves;
}

// The way back to NOT NULL. A large table is not scanned under an exclusive lock: what is validated
// before proves it, as on the way there.
Statements set_again(const ColumnChange& c, const Apart& apart) {
  const Column& column = *c.before;
  const std::string set = set_not_null(c, column, apart.has_value());
  if (apart || !not_null_of_their_own(c, c.context.heirs, c.context.from).empty() ||
      !c.table.server.empty() || !column.not_null_validated ||
      c.context.size(table_name(c.change.id)) != Size::Large)
    return alter_not_null(c, set, "SET NOT NULL", apart);
  if (c.context.from.server_version < 18) {
    const NotNullCheck check(c.table, c.change.id.name);
    return {check.add(), check.validate(), set, check.drop()};
  }
  Column unproved = column;
  unproved.not_null_validated = false;
  unproved.not_null_name = not_null_name(c.table.id, column);
  return {add_not_null_sql(sql_name(c.table.id), unproved),
          "ALTER TABLE " + sql_name(c.table.id) + " VALIDATE CONSTRAINT " +
              quote_identifier(not_null_name(c.table.id, column))};
}

}  // namespace

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
  const auto keeps = [&](const Table& heir) {
    return c.context.goes_away(heir.id)
               ? primary_key_with(heir, c.change.id.name, c.context) != nullptr
               : is_not_null_in(c.context.to, heir, c.change.id.name);
  };
  for (const Table* heir : all_below(c.table, c.context.old_heirs)) {
    const Constraint* key = primary_key_with(*heir, c.change.id.name, c.context);
    if (key && !keeps(*heir)) operation.after_drops.push_back(key->id);
  }
  const Apart apart = going_apart(c, keeps);
  take_not_null(c, apart, operation);
  operation.undo = set_again(c, apart);
  if (!c.before->not_null_comment.empty())
    operation.undo.push_back(
        comment_statement(not_null_address(c.table.id, *c.before), *c.before->not_null_comment));
  keep_not_null(c, operation, operations);
  operations.push_back(std::move(operation));
}

void lower_set_not_null(const ColumnChange& c, Phase phase, Operations& operations) {
  const std::string set = set_not_null(c, *c.after);
  const Statements unset = unset_not_null(c);
  const bool foreign = !c.table.server.empty();
  if (foreign || c.context.size(table_name(c.change.id)) == Size::Small) {
    Operation operation =
        operation_on(c, Role::Alter, phase, "The column shall not be NULL.", Op::SetNotNull);
    operation.sql = {set};
    operation.undo = unset;
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
    add.undo = unset;
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
  finish.undo = {check.add()};
  append(finish.undo, unset);
  finish.own_transaction = true;
  operations.push_back(std::move(finish));
}

}  // namespace schemadiff::engine
