// DDL of enums, domains, composite and range types.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string lines(const std::vector<std::string>& items) {
  if (items.empty()) return "()";
  return "(\n  " + join(items, ",\n  ") + "\n)";
}

}  // namespace

Statements create_sql(const Enum& type) {
  std::vector<std::string> labels;
  for (const std::string& label : type.labels) labels.push_back(quote_literal(label));
  return {"CREATE TYPE " + sql_name(type.id) + " AS ENUM " + lines(labels)};
}

Statements create_sql(const Domain& domain) {
  std::string sql = "CREATE DOMAIN " + sql_name(domain.id) + " AS " + domain.base.sql +
                    collate_clause(domain.collation);
  if (!domain.default_value.empty())
    sql += "\n  DEFAULT " + restricted_expression(domain.default_value.sql);
  if (domain.not_null) sql += "\n  " + domain_not_null(domain);
  Statements statements;
  for (const DomainConstraint& constraint : domain.constraints) {
    if (constraint.validated)
      sql += "\n  " + domain_constraint(constraint);
    else
      statements.push_back("ALTER DOMAIN " + sql_name(domain.id) + " ADD " +
                           domain_constraint(constraint));
  }
  statements.insert(statements.begin(), sql);
  return statements;
}

std::string domain_not_null(const Domain& domain) {
  return (domain.not_null_name.empty()
              ? std::string()
              : "CONSTRAINT " + quote_identifier(domain.not_null_name) + ' ') +
         "NOT NULL";
}

std::string domain_constraint(const DomainConstraint& constraint) {
  return "CONSTRAINT " + quote_identifier(constraint.name) + " CHECK " +
         parenthesized(constraint.check.sql) + (constraint.validated ? "" : " NOT VALID");
}

Statements create_sql(const Composite& type) {
  std::vector<std::string> columns;
  for (const CompositeAttribute& column : type.columns)
    columns.push_back(quote_identifier(column.name) + ' ' + column.type.sql +
                      collate_clause(column.collation));
  return {"CREATE TYPE " + sql_name(type.id) + " AS " + lines(columns)};
}

Statements create_sql(const Range& range, int server_version) {
  std::vector<std::string> options{"SUBTYPE = " + range.subtype.sql};
  const auto add = [&](std::string_view option, const QualifiedName& name) {
    if (!name.empty()) options.push_back(std::string(option) + " = " + quote_qualified(name));
  };
  add("SUBTYPE_OPCLASS", range.opclass);
  add("COLLATION", range.collation);
  add("CANONICAL", range.canonical);
  add("SUBTYPE_DIFF", range.subtype_diff);
  if (server_version == 0 || server_version >= 14) add("MULTIRANGE_TYPE_NAME", range.multirange);
  return {"CREATE TYPE " + sql_name(range.id) + " AS RANGE " + lines(options)};
}

}  // namespace schemadiff::schema
