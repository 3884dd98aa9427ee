// DDL of extended statistics.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {

std::string statistics_target_sql(const Statistics& statistics) {
  return "ALTER STATISTICS " + sql_name(statistics.id) + " SET STATISTICS " +
         std::to_string(statistics.target);
}

Statements create_sql(const Statistics& statistics) {
  std::vector<std::string> elements;
  for (const std::string& column : statistics.columns) elements.push_back(quote_identifier(column));
  for (const Expr& expression : statistics.expressions)
    elements.push_back(parenthesized(expression.sql));
  std::string sql = "CREATE STATISTICS " + sql_name(statistics.id);
  if (!statistics.kinds.empty()) sql += " (" + join(statistics.kinds, ", ") + ')';
  sql += "\n  ON " + join(elements, ", ") + "\n  FROM " + quote_qualified(statistics.table);
  Statements statements{sql};
  if (statistics.target >= 0) statements.push_back(statistics_target_sql(statistics));
  return statements;
}

}  // namespace schemadiff::schema
