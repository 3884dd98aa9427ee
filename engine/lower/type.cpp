// Decides how enums, composite and range types are altered.
#include <algorithm>
#include <set>

#include "diff/recreate.h"
#include "diff/replace.h"
#include "engine/lower/column.h"
#include "engine/lower/column_type.h"
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

std::string alter_type(const ObjectId& id) { return "ALTER TYPE " + sql_name(id) + ' '; }

}  // namespace

// typecmds.c, AlterEnum: a new value cannot be used before its transaction has committed (error
// 55P04).
void lower_alter(const Enum& before, const Enum& after, const diff::Change& change,
                 const Context& context, Operations& operations) {
  if (!changed(change, "labels")) return;
  std::string previous;
  std::vector<std::string> new_values;
  auto old = before.labels.begin();
  for (const std::string& label : after.labels) {
    if (old != before.labels.end() && *old == label) {
      ++old;
      previous = label;
      continue;
    }
    std::string sql = alter_type(after.id) + "ADD VALUE " + quote_literal(label);
    if (old != before.labels.end())
      sql +=
          previous.empty() ? " BEFORE " + quote_literal(*old) : " AFTER " + quote_literal(previous);
    Operation operation =
        make(Role::Alter, after, Phase::Expand, "The value " + quote_literal(label) + " is new.");
    operation.sql = {std::move(sql)};
    set_irreversible(
        operation, "PostgreSQL cannot take a value out of an enum; an unused value does no harm.");
    operation.op = Op::AddEnumValue;
    operation.own_transaction = true;
    operations.push_back(std::move(operation));
    previous = label;
    new_values.push_back(label);
  }
  lower_fill_with_new_values(after.id, new_values, context, operations);
}

namespace {

void rename_value(const Enum& type, const std::string& before, const std::string& after,
                  Operations& operations) {
  const std::string alter = alter_type(type.id) + "RENAME VALUE ";
  Operation operation =
      make(Role::Alter, type, Phase::Contract,
           "The value " + quote_literal(before) + " is called " + quote_literal(after) + ".");
  operation.sql = {alter + quote_literal(before) + " TO " + quote_literal(after)};
  operation.undo = {alter + quote_literal(after) + " TO " + quote_literal(before)};
  operation.op = Op::RenameEnumValue;
  operations.push_back(std::move(operation));
}

}  // namespace

void lower_value_renames(const Context& context, Operations& operations) {
  for (const auto& [id, hints] : context.from.hints)
    for (const Hint& hint : hints)
      if (const auto type = context.from.enums.find(id);
          hint.key == kRenamedValue && type != context.from.enums.end())
        for (const auto& [before, after] : read_value_map(hint.value).value_or(ValueMap{}))
          rename_value(type->second, before, after, operations);
}

namespace {

bool is_of_type(const Table& table, const Composite& type) {
  return table.of_type == QualifiedName{type.id.schema, type.id.name};
}

bool leaves_its_type(const Table& table, const Context& context) {
  const Table* after = context.to.table({table.id.schema, table.id.name});
  return after && !context.goes_away(table.id) && after->of_type != table.of_type;
}

// Typed tables, whose columns follow the type. Those that leave it do so before.
Statements tables_of(const Composite& type, const Context& context) {
  Statements tables;
  for (const auto& [id, table] : context.from.tables)
    if (is_of_type(table, type) && !leaves_its_type(table, context)) tables.push_back(sql_name(id));
  return tables;
}

void follow_leaving_tables(const Composite& type, const Context& context, Operation& operation) {
  for (const auto& [id, table] : context.from.tables)
    if (is_of_type(table, type) && leaves_its_type(table, context)) operation.refs.push_back(id);
}

// Of these, those that are there when attributes change their type.
Statements staying_tables_of(const Composite& type, const Context& context) {
  Statements tables = tables_of(type, context);
  Statements staying;
  for (const auto& [id, table] : context.to.tables)
    if (is_of_type(table, type) && !context.goes_away(id) &&
        std::ranges::find(tables, sql_name(id)) != tables.end())
      staying.push_back(sql_name(id));
  return staying;
}

std::string typed(const CompositeAttribute& attribute) {
  return attribute.type.sql +
         (attribute.collation.empty() ? "" : " COLLATE " + quote_qualified(attribute.collation));
}

// CASCADE only assigns: where that does not carry values over, the tables are retyped by themselves
// while they are not of the type.
Statements retype_attribute(const ObjectId& type, const CompositeAttribute& before,
                            const CompositeAttribute& after, const Statements& tables,
                            const std::string& carried) {
  const std::string name = quote_identifier(after.name);
  const std::string value = conversion(name, before.type, after.type);
  const bool assigned =
      value == name || classify_retype(before.type, after.type) != Retype::Narrowing;
  Statements sql, again;
  if (!assigned)
    for (const std::string& table : tables) {
      const std::string alter = "ALTER TABLE " + table;
      sql.push_back(alter + " NOT OF");
      sql.push_back(alter + " ALTER COLUMN " + name + " TYPE " + typed(after) + " USING " + value);
      again.push_back(alter + " OF " + sql_name(type));
    }
  sql.push_back(alter_type(type) + "ALTER ATTRIBUTE " + name + " TYPE " + typed(after) + carried);
  append(sql, std::move(again));
  return sql;
}

}  // namespace

void lower_alter(const Composite& before, const Composite& after, const diff::Change& change,
                 const Context& context, Operations& operations) {
  if (!changed(change, "attributes")) return;
  const std::string alter = alter_type(after.id);
  const Statements typed_tables = tables_of(after, context);
  const Statements staying = staying_tables_of(after, context);
  const std::string carried = typed_tables.empty() ? "" : " CASCADE";  // to columns of typed tables
  const auto find = [](const Composite& type, const std::string& name) {
    const auto found = std::find_if(type.columns.begin(), type.columns.end(),
                                    [&](const auto& c) { return c.name == name; });
    return found == type.columns.end() ? nullptr : &*found;
  };
  const auto add = [&](const CompositeAttribute& attribute) {
    return alter + "ADD ATTRIBUTE " + quote_identifier(attribute.name) + ' ' + typed(attribute) +
           carried;
  };
  const auto drop = [&](const CompositeAttribute& attribute) {
    return alter + "DROP ATTRIBUTE " + quote_identifier(attribute.name) + carried;
  };
  const auto comment = [&](const CompositeAttribute& attribute) {
    return comment_statement(
        "COLUMN " + sql_name(after.id) + '.' + quote_identifier(attribute.name), attribute.comment);
  };
  const auto push = [&](Phase phase, Op op, Op on_tables, std::string why, Statements sql,
                        Statements undo) {
    Operation operation = make(Role::Alter, after, phase, std::move(why));
    operation.op = op;
    operation.releases = before.refs;
    operation.sql = std::move(sql);
    operation.undo = std::move(undo);
    operation.relations = {sql_name(after.id)};
    operation.also = {{on_tables, typed_tables}};
    follow_leaving_tables(after, context, operation);
    operations.push_back(std::move(operation));
  };
  for (const CompositeAttribute& old : before.columns) {
    if (find(after, old.name)) continue;
    push(Phase::Contract, Op::DropAttribute, Op::DropColumn,
         "The attribute " + quote_identifier(old.name) + " is not in the desired schema.",
         {drop(old)}, {add(old)});
    if (&old != &before.columns.back()) {
      set_irreversible(operations.back(),
                       "An attribute cannot be put back in its place, only at the end.");
    }
  }
  for (const CompositeAttribute& now : after.columns) {
    const CompositeAttribute* old = find(before, now.name);
    if (!old) {
      Statements sql{add(now)};
      if (!now.comment.empty()) sql.push_back(comment(now));
      push(Phase::Expand, Op::AddAttribute, Op::AddColumn,
           "The attribute " + quote_identifier(now.name) + " is new.", std::move(sql), {drop(now)});
      continue;
    }
    if (old->type != now.type || old->collation != now.collation) {
      const bool kept = old->collation == now.collation &&
                        classify_retype(old->type, now.type) == Retype::Compatible;
      push(Phase::Contract, Op::RetypeAttribute,
           kept ? Op::AlterColumnType : Op::AlterColumnTypeRewriting,
           "The type of attribute " + quote_identifier(now.name) + " differs.",
           retype_attribute(after.id, *old, now, staying, carried),
           retype_attribute(after.id, now, *old, staying, carried));
      operations.back().retypes = true;
    }
    if (old->comment != now.comment)
      push(Phase::Expand, Op::CommentOn, Op::NoRelation, "The comment differs.", {comment(now)},
           {comment(*old)});
  }
}

void lower_alter(const Range&, const Range&, const diff::Change&, const Context&, Operations&) {}

}  // namespace schemadiff::engine
