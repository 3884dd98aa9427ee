// CREATE VIEW, CREATE MATERIALIZED VIEW and CREATE TABLE AS.
#include "parser/statements/alter_column.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;

std::vector<schema::ViewColumn> columns_of(const ::List* names) {
  std::vector<schema::ViewColumn> columns;
  for (std::string& name : names_of(names)) {
    columns.emplace_back();
    columns.back().name = std::move(name);
  }
  return columns;
}

}  // namespace

void apply_create_view(Context& context, const void* node) {
  const auto* statement = as<::ViewStmt>(node);
  Builder& builder = context.builder;
  if (skip_temporary(context, statement->view)) return;
  schema::View view;
  view.id = {Kind::View,
             builder.creation_schema(string_of(statement->view->schemaname)),
             {},
             schema::truncate_name(statement->view->relname),
             {}};
  view.span = context.span;
  view.query = expr_of(statement->query);
  view.columns = columns_of(statement->aliases);
  view.options = options_of(statement->options);
  if (statement->withCheckOption != NO_CHECK_OPTION) {
    set_option(view.options, "check_option",
               statement->withCheckOption == LOCAL_CHECK_OPTION ? "local" : "cascaded");
  }
  if (statement->replace) {
    const auto found = builder.relations.find(name_of(view));
    if (found != builder.relations.end() && found->second.kind == RelationKind::View) {
      auto& old = static_cast<schema::View&>(*found->second.object);
      old.query = std::move(view.query);
      for (const schema::ViewColumn& column : old.columns) {
        if (column.default_value.empty() && column.comment.empty()) continue;
        schema::ViewColumn& kept = view_column(view.columns, column.name);
        const auto query_name = kept.query_name;
        kept = column;
        kept.query_name = query_name;
      }
      old.columns = std::move(view.columns);
      old.options = std::move(view.options);
      old.span = view.span;
      old.search_path = builder.path;
      return;
    }
  }
  auto& added = builder.add(std::move(view));
  builder.enter_relation(added, RelationKind::View, name_of(added));
  builder.enter_type(&added, name_of(added));
}

void apply_create_table_as(Context& context, const void* node) {
  const auto* statement = as<::CreateTableAsStmt>(node);
  Builder& builder = context.builder;
  const ::IntoClause* into = statement->into;
  if (skip_temporary(context, into->rel)) return;
  if (statement->objtype != OBJECT_MATVIEW) {
    add_unmodelled(context, "table from a query", schema::quote_qualified(qualified(into->rel)));
    return;
  }
  schema::MaterializedView view;
  view.id = {Kind::MaterializedView,
             builder.creation_schema(string_of(into->rel->schemaname)),
             {},
             schema::truncate_name(into->rel->relname),
             {}};
  if (statement->if_not_exists && builder.relations.count(name_of(view))) return;
  view.span = context.span;
  view.query = expr_of(statement->query);
  view.columns = columns_of(into->colNames);
  view.options = options_of(into->options);
  view.tablespace = builder.tablespace_of(into->tableSpaceName);
  view.access_method = builder.access_method_of(into->accessMethod);
  view.populated = !into->skipData;
  auto& added = builder.add(std::move(view));
  builder.enter_relation(added, RelationKind::MaterializedView, name_of(added));
  builder.enter_type(&added, name_of(added));
}

void apply_refresh(Context& context, const void* node) {
  const auto* statement = as<::RefreshMatViewStmt>(node);
  const Relation& found =
      context.builder.relation(qualified(statement->relation), "materialized view");
  if (found.kind != RelationKind::MaterializedView) return;
  static_cast<schema::MaterializedView&>(*found.object).populated = !statement->skipData;
}

}  // namespace schemadiff::parser
