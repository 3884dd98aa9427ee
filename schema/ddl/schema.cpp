// DDL of schemas and extensions.
#include "schema/ddl/ddl.h"
#include "schema/quote.h"

namespace schemadiff::schema {

Statements create_sql(const Schema& schema) { return {"CREATE SCHEMA " + sql_name(schema.id)}; }

Statements create_sql(const Extension& extension) {
  std::string sql = "CREATE EXTENSION IF NOT EXISTS " + sql_name(extension.id);
  if (!extension.schema.empty()) sql += " WITH SCHEMA " + quote_identifier(extension.schema);
  if (!extension.version.empty()) sql += " VERSION " + quote_literal(extension.version);
  return {sql};
}

}  // namespace schemadiff::schema
