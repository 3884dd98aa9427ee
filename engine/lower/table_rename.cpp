// Decides how a table gets another name or schema while the old and the new application run: it is
// renamed at once, and a view under the old name serves the old application until contract.
#include <algorithm>

#include "engine/hints.h"
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

constexpr int kFirstWithInvoker = 15;  // the version from which on a view can ask as who queries it

View view_of(const Table& table, const QualifiedName& name, bool as_invoker) {
  View view;
  view.id = {Kind::View, name.schema, {}, name.name, {}};
  view.owner = table.owner;
  view.acl = table.acl;
  if (as_invoker) view.options = {{"security_invoker", "true"}};
  std::string columns;
  for (const Column& column : table.columns) {
    columns += (columns.empty() ? "" : ", ") + quote_identifier(column.name);
    ViewColumn shown;
    shown.name = column.name;
    shown.type = column.type;
    view.columns.push_back(std::move(shown));
    if (!column.acl.empty()) view.column_acls.edit().push_back({column.name, column.acl});
  }
  std::ranges::sort(view.column_acls.edit());
  view.query.sql =
      "SELECT " + columns + " FROM " + quote_qualified({table.id.schema, table.id.name});
  return view;
}

std::string rename_part(const RenamedPart& part, const QualifiedName& table,
                        const std::string& before, const std::string& after) {
  const std::string name = quote_qualified({table.schema, before});
  if (part.kind == Kind::Index) return rename_sql("INDEX " + name, after);
  if (part.kind == Kind::Sequence) return rename_sql("SEQUENCE " + name, after);
  return "ALTER TABLE " + quote_qualified(table) + " RENAME CONSTRAINT " +
         quote_identifier(before) + " TO " + quote_identifier(after);
}

// Of the table alone.
Statements rename_table(const QualifiedName& before, const QualifiedName& after) {
  Statements sql;
  QualifiedName name = before;
  if (before.schema != after.schema) {
    sql.push_back("ALTER TABLE " + quote_qualified(name) + " SET SCHEMA " +
                  quote_identifier(after.schema));
    name.schema = after.schema;
  }
  if (before.name != after.name)
    sql.push_back(rename_sql("TABLE " + quote_qualified(name), after.name));
  return sql;
}

}  // namespace

void lower_table_rename(const RenamedTable& renamed, const Context& context,
                        Operations& operations) {
  const Table& table = *context.from.table(renamed.after);
  const int version = context.from.server_version;
  const bool as_invoker = version == 0 || version >= kFirstWithInvoker;
  const std::string old_name = quote_qualified(renamed.before);
  if (table.row_security && !as_invoker)
    throw error_at(renamed.span, context.to,
                   "table " + old_name +
                       " cannot be renamed: a view under its old name would not keep to its "
                       "policies before version 15",
                   "rename it by hand, then take the hint out");
  const View view = view_of(table, renamed.before, as_invoker);

  Operation rename;
  rename.role = Role::Alter;
  rename.object = table.id;
  rename.why = "The table was " + old_name +
               "; until contract a view has that name, which reads and writes the table.";
  rename.op = Op::RenameTable;
  rename.relations = {old_name};
  rename.first = true;
  rename.own_transaction = true;
  rename.span = renamed.span;
  rename.refs = {{Kind::Schema, {}, {}, table.id.schema, {}}};
  rename.sql = rename_table(renamed.before, renamed.after);
  rename.undo = {drop_sql(view)};
  for (const RenamedPart& part : renamed.parts) {
    rename.sql.push_back(rename_part(part, renamed.after, part.before, part.after));
    rename.undo.push_back(rename_part(part, renamed.after, part.after, part.before));
  }
  const Statements make_view = full_create(view, context.from, context.from);
  append(rename.sql, make_view);
  append(rename.undo, rename_table(renamed.after, renamed.before));
  operations.push_back(std::move(rename));

  Operation drop = make(Role::Drop, view, Phase::Contract,
                        "Only the new application is left, which knows the table by its new name.");
  drop.op = Op::DropView;
  drop.relations = {old_name};
  drop.sql = {drop_sql(view)};
  drop.undo = make_view;
  drop.refs = {table.id};
  operations.push_back(std::move(drop));
}

}  // namespace schemadiff::engine
