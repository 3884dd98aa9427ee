// DDL of indexes, and the pieces that constraints with an index share with them.
#include <fmt/format.h>

#include <algorithm>

#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 15 && text[0] != '.' && text.back() != '.' &&
         std::count(text.begin(), text.end(), '.') <= 1 &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

std::string option_value(const std::string& value) {
  const bool plain = is_number(value) || value == "true" || value == "false" || value == "on" ||
                     (!value.empty() && quote_identifier(value) == value);
  return plain ? value : quote_literal(value);
}

std::string option_name(const std::string& name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return quote_identifier(name);
  return quote_identifier(name.substr(0, dot)) + '.' + quote_identifier(name.substr(dot + 1));
}

}  // namespace

std::string options_list(const Options& options) {
  std::vector<std::string> items;
  for (const auto& [name, value] : options)
    items.push_back(option_name(name) + '=' + option_value(value));
  return '(' + join(items, ", ") + ')';
}

std::string index_element(const IndexElement& element) {
  std::string sql = element.column.empty() ? key_expression(element.expression->sql)
                                           : quote_identifier(element.column);
  sql += collate_clause(element.collation);
  if (!element.opclass.empty()) sql += ' ' + quote_qualified(element.opclass);
  if (!element.opclass_options.empty()) sql += ' ' + options_list(element.opclass_options);
  if (element.descending) sql += " DESC";
  if (element.nulls_first != element.descending)
    sql += element.nulls_first ? " NULLS FIRST" : " NULLS LAST";
  if (!element.op.empty()) sql += " WITH " + operator_name(element.op);
  return sql;
}

std::string index_elements(const std::vector<IndexElement>& elements) {
  std::vector<std::string> items;
  for (const IndexElement& element : elements) items.push_back(index_element(element));
  return '(' + join(items, ", ") + ')';
}

std::string statistics_target_sql(const Index& index, std::size_t element, int target) {
  return fmt::format("ALTER INDEX {} ALTER COLUMN {} SET STATISTICS {}", sql_name(index.id),
                     element + 1, target);
}

Statements statistics_targets_sql(const Index& index) {
  Statements statements;
  for (std::size_t i = 0; i < index.elements.size(); ++i)
    if (const int target = index.elements[i].statistics; target >= 0)
      statements.push_back(statistics_target_sql(index, i, target));
  return statements;
}

Statements create_sql(const Index& index, bool only) {
  const std::string table = quote_qualified(index.table);
  std::string sql = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  sql += quote_identifier(index.id.name) + (only ? " ON ONLY " : " ON ") + table + " USING " +
         quote_identifier(index.method) + ' ' + index_elements(index.elements);
  if (!index.include.empty()) sql += "\n  INCLUDE (" + name_list(index.include) + ')';
  if (index.nulls_not_distinct) sql += "\n  NULLS NOT DISTINCT";
  if (!index.options.empty()) sql += "\n  WITH " + options_list(index.options);
  if (!index.tablespace.empty()) sql += "\n  TABLESPACE " + quote_identifier(*index.tablespace);
  if (!index.predicate.empty()) sql += "\n  WHERE " + parenthesized(index.predicate->sql);

  Statements statements{sql};
  append(statements, statistics_targets_sql(index));
  if (index.clustered)
    statements.push_back("ALTER TABLE " + table + " CLUSTER ON " + quote_identifier(index.id.name));
  return statements;
}

Statements attach_sql(const Index& index) {
  if (index.parent_index.empty()) return {};
  return {"ALTER INDEX " + quote_qualified(index.parent_index) + " ATTACH PARTITION " +
          sql_name(index.id)};
}

}  // namespace schemadiff::schema
