// SECURITY LABEL, for objects and their columns.
#include <algorithm>

#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string label_statement(std::string_view provider, std::string_view address,
                            const std::string& value) {
  return "SECURITY LABEL FOR " + quote_identifier(provider) + " ON " + std::string(address) +
         " IS " + value;
}

template <class Columns>
void label_columns(const ObjectId& id, const Columns& columns, Statements& statements) {
  for (const auto& column : columns)
    append(statements,
           changed_labels_sql("COLUMN " + sql_name(id) + '.' + quote_identifier(column.name), {},
                              column.security_labels));
}

}  // namespace

Statements changed_labels_sql(std::string_view address, const std::vector<SecurityLabel>& before,
                              const std::vector<SecurityLabel>& after) {
  Statements statements;
  for (const SecurityLabel& old : before)
    if (std::none_of(after.begin(), after.end(),
                     [&](const auto& label) { return label.provider == old.provider; }))
      statements.push_back(label_statement(old.provider, address, "NULL"));
  for (const SecurityLabel& label : after)
    if (std::find(before.begin(), before.end(), label) == before.end())
      statements.push_back(label_statement(label.provider, address, quote_literal(label.label)));
  return statements;
}

Statements label_sql(const Object& object) {
  Statements statements =
      changed_labels_sql(sql_address(object.id, ddl_keyword(object)), {}, object.security_labels);
  switch (object.id.kind) {
    case Kind::Table:
      label_columns(object.id, static_cast<const Table&>(object).columns, statements);
      break;
    case Kind::View:
      label_columns(object.id, static_cast<const View&>(object).columns, statements);
      break;
    case Kind::MaterializedView:
      label_columns(object.id, static_cast<const MaterializedView&>(object).columns, statements);
      break;
    default:
      break;
  }
  return statements;
}

}  // namespace schemadiff::schema
