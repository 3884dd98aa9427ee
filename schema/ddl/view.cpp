// DDL of views and materialized views. Output columns are always named, so that they come out
// exactly.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string column_names(const std::vector<ViewColumn>& columns) {
  if (columns.empty()) return {};
  std::vector<std::string> names;
  for (const ViewColumn& column : columns) names.push_back(quote_identifier(column.name));
  const std::string line = " (" + join(names, ", ") + ')';
  return line.size() <= 80 ? line : " (\n  " + join(names, ",\n  ") + "\n)";
}

std::string view_definition(const View& view) {
  std::string sql = "VIEW " + sql_name(view.id) + column_names(view.columns);
  if (!view.options.empty()) sql += "\nWITH " + options_list(view.options);
  return sql + " AS\n" + view.query.sql;
}

}  // namespace

Statements create_sql(const View& view) {
  Statements statements{"CREATE " + view_definition(view)};
  for (const ViewColumn& column : view.columns)
    if (!column.default_value.empty())
      statements.push_back("ALTER VIEW " + sql_name(view.id) + " ALTER COLUMN " +
                           quote_identifier(column.name) + " SET DEFAULT " +
                           column.default_value.sql);
  return statements;
}

std::string replace_sql(const View& view) { return "CREATE OR REPLACE " + view_definition(view); }

Statements create_sql(const MaterializedView& view) {
  std::string sql = "CREATE MATERIALIZED VIEW " + sql_name(view.id) + column_names(view.columns);
  if (!view.access_method.empty()) sql += "\nUSING " + quote_identifier(view.access_method);
  if (!view.options.empty()) sql += "\nWITH " + options_list(view.options);
  if (!view.tablespace.empty()) sql += "\nTABLESPACE " + quote_identifier(view.tablespace);
  Statements statements{sql + " AS\n" + view.query.sql +
                        (view.populated ? "\nWITH DATA" : "\nWITH NO DATA")};
  for (const ViewColumn& column : view.columns)
    for (std::string& setting : column_settings_sql(column, sql_name(view.id)))
      statements.push_back(std::move(setting));
  return statements;
}

}  // namespace schemadiff::schema
