// DDL of rewrite rules.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string actions(const Rule& rule) {
  if (rule.actions.empty()) return "NOTHING";
  if (rule.actions.size() == 1) return rule.actions.front().sql;
  std::string text;
  for (const Expr& action : rule.actions) text += (text.empty() ? "" : ";\n    ") + action.sql;
  return '(' + text + ')';
}

}  // namespace

std::string rule_definition(const Rule& rule) {
  std::string sql = "CREATE OR REPLACE RULE " + quote_identifier(rule.id.name) + " AS\n  ON " +
                    rule.event + " TO " + sql_parent(rule.id);
  if (!rule.condition.empty()) sql += "\n  WHERE " + parenthesized(rule.condition.sql);
  return sql + (rule.instead ? "\n  DO INSTEAD " : "\n  DO ALSO ") + actions(rule);
}

std::string rule_state_sql(const Rule& rule) {
  return enabled_sql("ALTER TABLE " + sql_parent(rule.id), "RULE", rule.enabled) + ' ' +
         quote_identifier(rule.id.name);
}

Statements create_sql(const Rule& rule) {
  Statements statements{rule_definition(rule)};
  if (rule.enabled != 'O') statements.push_back(rule_state_sql(rule));
  return statements;
}

}  // namespace schemadiff::schema
