// DDL of NOT NULL constraints, which are objects with names from version 18 on.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string constraint_clause(const Column& column) {
  return column.not_null_name.empty()
             ? std::string()
             : "CONSTRAINT " + quote_identifier(*column.not_null_name) + ' ';
}

}  // namespace

std::string default_not_null_name(std::string_view table, std::string_view column) {
  return make_object_name(table, column, "not_null");
}

std::string not_null_name(const ObjectId& table, const Column& column) {
  return column.not_null_name.empty() ? default_not_null_name(table.name, column.name)
                                      : *column.not_null_name;
}

std::string not_null_name(const Domain& domain) {
  return domain.not_null_name.empty() ? default_not_null_name(domain.id.name, {})
                                      : domain.not_null_name;
}

std::string not_null_address(const ObjectId& table, const Column& column) {
  return "CONSTRAINT " + quote_identifier(not_null_name(table, column)) + " ON " + sql_name(table);
}

std::string not_null_clause(const Column& column) {
  if (!column.not_null || !column.not_null_validated) return {};
  return ' ' + constraint_clause(column) + "NOT NULL" +
         (column.not_null_no_inherit ? " NO INHERIT" : "");
}

std::string add_not_null_sql(std::string_view table, const Column& column) {
  return "ALTER TABLE " + std::string(table) + " ADD " + constraint_clause(column) + "NOT NULL " +
         quote_identifier(column.name) + (column.not_null_no_inherit ? " NO INHERIT" : "") +
         (column.not_null_validated ? "" : " NOT VALID");
}

}  // namespace schemadiff::schema
