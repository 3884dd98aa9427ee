// DDL of publications.
#include <algorithm>

#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

constexpr std::string_view kTable = "TABLE ";

std::string table_item(const PublishedTable& table) {
  std::string text = std::string(kTable) + "ONLY " + quote_qualified(table.table);
  if (!table.columns.empty()) text += " (" + name_list(table.columns) + ')';
  if (!table.filter.empty()) text += " WHERE " + parenthesized(table.filter.sql);
  return text;
}

std::string schema_item(const std::string& schema) {
  return "TABLES IN SCHEMA " + quote_identifier(schema);
}

std::string settings(const Publication& publication) {
  return "publish = " + quote_literal(join(publication.operations, ", ")) +
         ", publish_via_partition_root = " + (publication.via_partition_root ? "true" : "false");
}

std::string generated_columns(const Publication& publication) {
  return std::string("publish_generated_columns = ") +
         (publication.generated_columns ? "stored" : "none");
}

template <class T>
bool holds(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

std::string show(const PublishedTable& table) { return table_item(table); }

Statements create_sql(const Publication& publication) {
  std::string sql = "CREATE " + sql_address(publication.id);
  std::vector<std::string> items;
  for (const PublishedTable& table : publication.tables)  // before version 15 one TABLE is for all
    items.push_back(table_item(table).substr(items.empty() ? 0 : kTable.size()));
  for (const std::string& schema : publication.schemas) items.push_back(schema_item(schema));
  if (publication.all_tables) sql += " FOR ALL TABLES";
  if (!items.empty()) sql += "\n  FOR " + join(items, ",\n    ");
  const Publication plain;
  if (publication.operations != plain.operations || publication.via_partition_root ||
      publication.generated_columns)
    sql += "\n  WITH (" + settings(publication) +
           (publication.generated_columns ? ", " + generated_columns(publication) : "") + ')';
  return {sql};
}

std::string publication_settings_sql(const Publication& publication) {
  return "ALTER " + sql_address(publication.id) + " SET (" + settings(publication) + ')';
}

std::string publication_generated_sql(const Publication& publication) {
  return "ALTER " + sql_address(publication.id) + " SET (" + generated_columns(publication) + ')';
}

Statements unpublish_sql(const Publication& before, const Publication& after) {
  const std::string drop = "ALTER " + sql_address(before.id) + " DROP ";
  Statements sql;
  for (const PublishedTable& table : before.tables)
    if (!holds(after.tables, table))
      sql.push_back(drop + "TABLE ONLY " + quote_qualified(table.table));
  for (const std::string& schema : before.schemas)
    if (!holds(after.schemas, schema)) sql.push_back(drop + schema_item(schema));
  return sql;
}

Statements publish_sql(const Publication& before, const Publication& after) {
  const std::string add = "ALTER " + sql_address(after.id) + " ADD ";
  Statements sql;
  for (const PublishedTable& table : after.tables)
    if (!holds(before.tables, table)) sql.push_back(add + table_item(table));
  for (const std::string& schema : after.schemas)
    if (!holds(before.schemas, schema)) sql.push_back(add + schema_item(schema));
  return sql;
}

}  // namespace schemadiff::schema
