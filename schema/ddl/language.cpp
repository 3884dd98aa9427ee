// DDL of procedural languages, transforms and access methods.
#include "schema/ddl/ddl.h"
#include "schema/quote.h"

namespace schemadiff::schema {

Statements create_sql(const Language& language) {
  std::string sql = "CREATE " + std::string(language.trusted ? "TRUSTED " : "") + "LANGUAGE " +
                    sql_name(language.id) + " HANDLER " + quote_qualified(language.handler);
  if (!language.inline_handler.empty())
    sql += " INLINE " + quote_qualified(language.inline_handler);
  if (!language.validator.empty()) sql += " VALIDATOR " + quote_qualified(language.validator);
  return {sql};
}

Statements create_sql(const Transform& transform) {
  std::string sql = "CREATE " + sql_address(transform.id) + " (";
  if (!transform.from_sql.empty())
    sql += "FROM SQL WITH FUNCTION " + quote_qualified(transform.from_sql) + '(' +
           transform.from_sql_args + ')';
  if (!transform.from_sql.empty() && !transform.to_sql.empty()) sql += ", ";
  if (!transform.to_sql.empty())
    sql += "TO SQL WITH FUNCTION " + quote_qualified(transform.to_sql) + '(' +
           transform.to_sql_args + ')';
  return {sql + ')'};
}

Statements create_sql(const AccessMethod& method) {
  return {"CREATE " + sql_address(method.id) + " TYPE " + (method.type == 't' ? "TABLE" : "INDEX") +
          " HANDLER " + quote_qualified(method.handler)};
}

}  // namespace schemadiff::schema
