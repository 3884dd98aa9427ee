// DDL of collations.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"
#include "schema/show.h"

namespace schemadiff::schema {

Statements create_sql(const Collation& collation) {
  std::vector<std::string> parts{"PROVIDER = " + show_code("provider", collation.provider)};
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) parts.push_back(std::string(name) + " = " + quote_literal(value));
  };
  if (!collation.deterministic) parts.emplace_back("DETERMINISTIC = false");
  if (collation.collate == collation.ctype) {
    add("LOCALE", collation.provider == 'c' ? collation.collate : collation.locale);
  } else {
    add("LC_COLLATE", collation.collate);
    add("LC_CTYPE", collation.ctype);
  }
  add("RULES", collation.rules);
  return {"CREATE COLLATION " + sql_name(collation.id) + " (" + join(parts, ", ") + ')'};
}

}  // namespace schemadiff::schema
