// DDL of table constraints.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/owner.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string_view action(char code) {
  switch (code) {
    case 'r':
      return "RESTRICT";
    case 'c':
      return "CASCADE";
    case 'n':
      return "SET NULL";
    case 'd':
      return "SET DEFAULT";
    default:
      return "NO ACTION";
  }
}

std::string index_clauses(const Constraint& constraint) {
  std::string sql;
  if (!constraint.include.empty()) sql += " INCLUDE (" + name_list(constraint.include) + ')';
  if (!constraint.options.empty()) sql += " WITH " + options_list(constraint.options);
  if (!constraint.tablespace.empty())
    sql += " USING INDEX TABLESPACE " + quote_identifier(*constraint.tablespace);
  return sql;
}

// PERIOD stands before the last column of a temporal foreign key.
std::string foreign_columns(std::vector<std::string> columns, bool temporal) {
  if (!temporal) return '(' + name_list(columns) + ')';
  const std::string last = quote_identifier(columns.back());
  columns.pop_back();
  return '(' + name_list(columns) + ", PERIOD " + last + ')';
}

std::string foreign_key(const Constraint& constraint) {
  std::string sql = "FOREIGN KEY " + foreign_columns(constraint.columns, constraint.temporal) +
                    " REFERENCES " + quote_qualified(constraint.referenced_table);
  if (!constraint.referenced_columns.empty())
    sql += ' ' + foreign_columns(constraint.referenced_columns, constraint.temporal);
  if (constraint.match == 'f') sql += " MATCH FULL";
  if (constraint.on_update != 'a')
    sql += std::string(" ON UPDATE ").append(action(constraint.on_update));
  if (constraint.on_delete != 'a')
    sql += std::string(" ON DELETE ").append(action(constraint.on_delete));
  if (!constraint.on_delete_columns.empty())
    sql += " (" + name_list(constraint.on_delete_columns) + ')';
  return sql;
}

std::string exclusion(const Constraint& constraint) {
  std::string sql = "EXCLUDE USING " + quote_identifier(*constraint.method) + ' ' +
                    index_elements(constraint.elements) + index_clauses(constraint);
  if (!constraint.predicate.empty()) sql += " WHERE " + parenthesized(constraint.predicate->sql);
  return sql;
}

std::string body(const Constraint& constraint) {
  const std::string columns =
      '(' + name_list(constraint.columns) + (constraint.temporal ? " WITHOUT OVERLAPS)" : ")");
  switch (constraint.contype) {
    case 'p':
      return "PRIMARY KEY " + columns + index_clauses(constraint);
    case 'u':
      return (constraint.nulls_not_distinct ? "UNIQUE NULLS NOT DISTINCT " : "UNIQUE ") + columns +
             index_clauses(constraint);
    case 'f':
      return foreign_key(constraint);
    case 'x':
      return exclusion(constraint);
    default:
      return "CHECK " + parenthesized(constraint.check->sql);
  }
}

}  // namespace

std::string constraint_definition(const Constraint& constraint) {
  std::string sql = body(constraint);
  if (constraint.no_inherit) sql += " NO INHERIT";
  if (constraint.deferrable) sql += " DEFERRABLE";
  if (constraint.initially_deferred) sql += " INITIALLY DEFERRED";
  if (!constraint.validated) sql += " NOT VALID";
  if (!constraint.enforced) sql += " NOT ENFORCED";
  return sql;
}

Statements create_sql(const Constraint& constraint, bool only) {
  const std::string name = quote_identifier(constraint.id.name);
  const std::string table = sql_parent(constraint.id);
  Statements statements{(only && has_parts(constraint) ? "ALTER TABLE ONLY " : "ALTER TABLE ") +
                        table + "\n  ADD CONSTRAINT " + name + ' ' +
                        constraint_definition(constraint)};
  if (constraint.clustered) statements.push_back("ALTER TABLE " + table + " CLUSTER ON " + name);
  return statements;
}

std::string validate_sql(const ObjectId& constraint) {
  return "ALTER TABLE " + sql_parent(constraint) + " VALIDATE CONSTRAINT " + sql_name(constraint);
}

Statements attach_sql(const Constraint& constraint) {
  if (constraint.parent_index.empty()) return {};
  return {"ALTER INDEX " + quote_qualified(constraint.parent_index) + " ATTACH PARTITION " +
          quote_qualified({constraint.id.schema, constraint.id.name})};
}

}  // namespace schemadiff::schema
