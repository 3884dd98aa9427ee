// DDL of casts and conversions.
#include "schema/ddl/ddl.h"
#include "schema/quote.h"

namespace schemadiff::schema {

Statements create_sql(const Cast& cast) {
  std::string sql = "CREATE CAST " + sql_name(cast.id);
  switch (cast.method) {
    case 'i':
      sql += " WITH INOUT";
      break;
    case 'b':
      sql += " WITHOUT FUNCTION";
      break;
    default:
      sql += "\n  WITH FUNCTION " + quote_qualified(cast.function) + '(' + cast.function_args + ')';
  }
  if (cast.context == 'a') sql += " AS ASSIGNMENT";
  if (cast.context == 'i') sql += " AS IMPLICIT";
  return {sql};
}

Statements create_sql(const Conversion& conversion) {
  return {std::string("CREATE ") + (conversion.is_default ? "DEFAULT " : "") + "CONVERSION " +
          sql_name(conversion.id) + "\n  FOR " + quote_literal(conversion.source) + " TO " +
          quote_literal(conversion.target) + " FROM " + quote_qualified(conversion.function)};
}

}  // namespace schemadiff::schema
