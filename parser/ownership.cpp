// Follows aclnewowner (acl.c).
#include "parser/ownership.h"

#include <algorithm>

#include "schema/ddl/ddl.h"

namespace schemadiff::parser {
namespace {

using schema::Grant;

void rename_grantee(std::vector<Grant>& acl, const std::string& owner) {
  acl = schema::with_owner(std::move(acl), owner);
  std::erase_if(acl, [](const Grant& grant) {
    return grant.grantee.empty() && grant.privilege == "MAINTAIN";  // see parse_acl
  });
}

void name_grantee(std::vector<Grant>& acl, const std::string& role, const std::string& owner) {
  bool any = false;
  for (Grant& grant : acl) {
    if (grant.grantee != schema::kCurrentUser) continue;
    grant.grantee = role;
    any = true;
  }
  if (any) rename_grantee(acl, owner);
}

// Calls change(acl) for the object, its columns and their sequences.
template <class Change>
void for_each_acl(schema::Object& object, Change change) {
  change(object.acl);
  if (!object.column_acls.empty())
    for (schema::ColumnAcl& column : object.column_acls.edit()) change(column.acl);
  if (object.id.kind != schema::Kind::Table) return;
  for (schema::Column& column : static_cast<schema::Table&>(object).columns) {
    if (!column.acl.empty()) change(column.acl.edit());
    if (!column.identity_acl.empty()) change(column.identity_acl.edit());
  }
}

template <class T, class Change>
void change_keys(schema::ObjectMap<T>& map, Change change) {
  schema::ObjectMap<T> changed;
  while (!map.empty()) {
    auto entry = map.extract(map.begin());
    change(entry.mapped());
    entry.key() = entry.mapped().id;
    changed.insert(std::move(entry));
  }
  map = std::move(changed);
}

}  // namespace

void change_owner(schema::Object& object, const std::string& owner) {
  object.owner = owner;
  for_each_acl(object, [&](std::vector<Grant>& acl) { rename_grantee(acl, owner); });
}

void assume_role(schema::Catalog& file, const std::string& role) {
  if (file.server_version != 0 || role.empty()) return;
  file.current_role = role;
  file.for_each([&](schema::Object& object) {
    for_each_acl(object, [&](std::vector<Grant>& acl) { name_grantee(acl, role, object.owner); });
  });
  for (auto& [id, policy] : file.policies) {
    std::replace(policy.roles.begin(), policy.roles.end(), std::string(schema::kCurrentUser), role);
    std::sort(policy.roles.begin(), policy.roles.end());
    policy.roles.erase(std::unique(policy.roles.begin(), policy.roles.end()), policy.roles.end());
  }
  change_keys(file.user_mappings, [&](schema::UserMapping& mapping) {
    if (mapping.id.name == schema::kCurrentUser) mapping.id.name = role;
  });
  change_keys(file.default_privileges, [&](schema::DefaultPrivileges& privileges) {
    if (!privileges.id.args.empty()) return;
    privileges.id.args = role;
    change_owner(privileges, role);
  });
}

}  // namespace schemadiff::parser
