// DDL of row security policies.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {

Statements create_sql(const Policy& policy) {
  std::string sql =
      "CREATE POLICY " + quote_identifier(policy.id.name) + " ON " + sql_parent(policy.id);
  if (!policy.permissive) sql += "\n  AS RESTRICTIVE";
  if (policy.command != "ALL") sql += "\n  FOR " + policy.command;
  if (!policy.roles.empty()) sql += "\n  TO " + policy_roles(policy);
  if (!policy.using_expr.empty()) sql += "\n  USING " + parenthesized(policy.using_expr.sql);
  if (!policy.check_expr.empty()) sql += "\n  WITH CHECK " + parenthesized(policy.check_expr.sql);
  return {sql};
}

std::string policy_roles(const Policy& policy) {
  std::vector<std::string> roles;
  for (const std::string& role : policy.roles) roles.push_back(role_name(role));
  return join(roles, ", ");
}

}  // namespace schemadiff::schema
