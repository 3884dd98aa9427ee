#include "cli/shadow/needs.h"

namespace schemadiff::cli {
namespace {

using Names = std::set<std::string>;

void add_grantees(const std::vector<schema::Grant>& acl, Names& roles) {
  for (const schema::Grant& grant : acl) roles.insert(grant.grantee);
}

template <class T>
void add_part_grantees(const T&, Names&) {}
void add_part_grantees(const schema::Table& table, Names& roles) {
  for (const schema::Column& column : table.columns) {
    add_grantees(column.acl, roles);
    add_grantees(column.identity_acl, roles);
  }
}

}  // namespace

std::set<std::string> needed_roles(const schema::Catalog& catalog) {
  Names roles;
  catalog.for_each([&](const auto& object) {
    if (catalog.says_owners) roles.insert(object.owner);
    if (!catalog.says_privileges) return;
    add_grantees(object.acl, roles);
    for (const schema::ColumnAcl& column : *object.column_acls) add_grantees(column.acl, roles);
    add_part_grantees(object, roles);
  });
  for (const auto& [id, privileges] : catalog.default_privileges) {
    roles.insert(id.args);
    add_grantees(privileges.acl, roles);
  }
  for (const auto& [id, mapping] : catalog.user_mappings) roles.insert(id.name);
  for (const auto& [id, policy] : catalog.policies)
    roles.insert(policy.roles.begin(), policy.roles.end());
  roles.erase("");
  roles.erase("public");
  roles.erase(std::string(schema::kCurrentUser));
  return roles;
}

std::set<std::string> needed_tablespaces(const schema::Catalog& catalog) {
  Names names;
  for (const auto& [id, table] : catalog.tables) names.insert(table.tablespace);
  for (const auto& [id, view] : catalog.materialized_views) names.insert(view.tablespace);
  for (const auto& [id, index] : catalog.indexes) names.insert(*index.tablespace);
  for (const auto& [id, constraint] : catalog.constraints) names.insert(*constraint.tablespace);
  names.erase("");
  return names;
}

}  // namespace schemadiff::cli
