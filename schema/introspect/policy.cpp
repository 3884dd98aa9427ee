// Row security policies.
#include <algorithm>

#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

std::string_view command_name(char command) {
  switch (command) {
    case 'r':
      return "SELECT";
    case 'a':
      return "INSERT";
    case 'w':
      return "UPDATE";
    case 'd':
      return "DELETE";
    default:
      return "ALL";
  }
}

}  // namespace

void read_policies(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    const RelationRow* relation = reading.relation(rows.oid());
    if (!relation) continue;
    Policy policy;
    policy.id = child_id(Kind::Policy, relation->name, rows.text());
    policy.command = command_name(rows.letter());
    policy.permissive = rows.flag();
    for (Oid role : rows.oids())
      policy.roles.push_back(role == 0 ? "public" : at(reading.roles, role));
    std::sort(policy.roles.begin(), policy.roles.end());
    policy.using_expr.sql = rows.text();
    policy.check_expr.sql = rows.text();
    reading.describe(policy, {catalogs::kPolicy, oid});
    add(reading.catalog.policies, std::move(policy));
  }
}

}  // namespace schemadiff::schema::introspection
