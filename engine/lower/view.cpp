// Decides how views and materialized views are altered.
#include "diff/replace.h"
#include "engine/lower/column_settings.h"
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Change;

namespace {

const ViewColumn* find(const std::vector<ViewColumn>& columns, const std::string& name) {
  for (const ViewColumn& column : columns)
    if (column.name == name) return &column;
  return nullptr;
}

// Comments, settings and defaults of the columns that both have.
template <class T>
void lower_columns(const T& before, const T& after, const Context& context,
                   Operations& operations) {
  const ViewColumn none;
  for (const ViewColumn& now : after.columns) {
    const ViewColumn* found = find(before.columns, now.name);
    const ViewColumn& old = found ? *found : none;
    const std::string name = quote_identifier(now.name);
    const auto push = [&](Op op, std::string why, Statements sql, Statements undo) {
      Operation operation = make(Role::Finish, after, Phase::Expand, std::move(why));
      operation.refs.push_back(after.id);
      operation.op = op;
      operation.relations = {sql_name(after.id)};
      operation.sql = std::move(sql);
      operation.undo = std::move(undo);
      operations.push_back(std::move(operation));
    };
    const std::string address = "COLUMN " + sql_name(after.id) + '.' + name;
    if (old.comment != now.comment)
      push(Op::CommentOn, "The comment differs.", {comment_statement(address, now.comment)},
           {comment_statement(address, old.comment)});
    if (old.security_labels != now.security_labels)
      push(Op::LabelSecurity, "The security labels differ.",
           changed_labels_sql(address, old.security_labels, now.security_labels),
           changed_labels_sql(address, now.security_labels, old.security_labels));
    const auto differs = [&](std::string_view attribute) {
      return attribute == "storage"             ? old.storage != now.storage
             : attribute == "compression"       ? old.compression != now.compression
             : attribute == "statistics target" ? old.statistics != now.statistics
                                                : old.options != now.options;
    };
    lower_settings(old, now, "ALTER TABLE ONLY " + sql_name(after.id) + " ALTER COLUMN " + name,
                   context, differs, push);
    const auto set_default = [&](const ViewColumn& column) {
      return "ALTER VIEW " + sql_name(after.id) + " ALTER COLUMN " + name +
             (column.default_value.empty() ? " DROP DEFAULT"
                                           : " SET DEFAULT " + column.default_value.sql);
    };
    if (!(old.default_value == now.default_value))
      push(Op::AlterView, "The default of a column differs.", {set_default(now)},
           {set_default(old)});
  }
}

void alter_options(const Object& object, const Options& before, const Options& after,
                   Operations& operations) {
  Operation operation = make(Role::Detail, object, Phase::Expand, "The options differ.");
  const std::string alter = "ALTER " + std::string(ddl_keyword(object)) + ' ' + sql_name(object.id);
  operation.op = object.id.kind == Kind::View ? Op::AlterViewOptions : Op::SetTableOptions;
  operation.relations = {sql_name(object.id)};
  operation.sql = options_sql(alter, before, after);
  operation.undo = options_sql(alter, after, before);
  operations.push_back(std::move(operation));
}

}  // namespace

void lower_alter(const View& before, const View& after, const Change& change,
                 const Context& context, Operations& operations) {
  const bool same_shape = diff::same_columns(before.columns, after.columns);
  if (changed(change, "query") || !same_shape) {
    Operation operation = make(Role::Alter, after, Phase::Expand, "The view's query differs.");
    operation.releases = before.refs;
    operation.op = Op::ReplaceView;
    operation.relations = {sql_name(after.id)};
    operation.sql = {replace_sql(after)};
    operation.undo = {replace_sql(before)};
    if (!same_shape) {  // columns were added, and CREATE OR REPLACE cannot take them away
      if (context.referred.contains(after.id)) {
        set_irreversible(operation,
                         "Other objects use the view, and a column cannot be taken away in place.");
      } else {
        operation.undo = {drop_sql(after)};
        append(operation.undo, full_create(before, context.from, context.from));
        for (const Object* child : context.children_of(before.id))
          append(operation.undo, recreate(*child, context.from));
      }
    }
    operation.unproven = change.unproven;
    operations.push_back(std::move(operation));
  } else if (changed(change, "options")) {
    alter_options(after, before.options, after.options, operations);
  }
  if (changed(change, "columns")) lower_columns(before, after, context, operations);
}

void lower_alter(const MaterializedView& before, const MaterializedView& after,
                 const Change& change, const Context& context, Operations& operations) {
  const std::string alter = "ALTER MATERIALIZED VIEW " + sql_name(after.id) + ' ';
  const auto push = [&](std::string why, std::string sql, std::string undo) {
    Operation operation = make(Role::Detail, after, Phase::Contract, std::move(why));
    operation.op = Op::RewriteTable;
    operation.relations = {sql_name(after.id)};
    operation.sql = {std::move(sql)};
    operation.undo = {std::move(undo)};
    operations.push_back(std::move(operation));
  };
  if (changed(change, "storage parameters"))
    alter_options(after, before.options, after.options, operations);
  if (changed(change, "access method")) {
    const auto method = [&](const MaterializedView& view) {
      return alter + "SET ACCESS METHOD " +
             (view.access_method.empty() ? "heap" : quote_identifier(view.access_method));
    };
    push("The access method differs.", method(after), method(before));
  }
  if (changed(change, "tablespace"))
    push("The materialized view moves to another tablespace.",
         alter + "SET TABLESPACE " + tablespace_name(after.tablespace),
         alter + "SET TABLESPACE " + tablespace_name(before.tablespace));
  if (changed(change, "columns")) lower_columns(before, after, context, operations);
}

}  // namespace schemadiff::engine
