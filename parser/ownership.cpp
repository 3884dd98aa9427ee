// Follows aclnewowner (acl.c).
#include "parser/ownership.h"

#include <algorithm>

namespace schemadiff::parser {
namespace {

using schema::Grant;

void rename_grantee(std::vector<Grant>& acl, const std::string& owner) {
  for (Grant& grant : acl) {
    if (grant.grantee == owner) grant.grantee.clear();
  }
  std::erase_if(acl, [](const Grant& grant) {
    return grant.grantee.empty() && grant.privilege == "MAINTAIN";  // see parse_acl
  });
  std::sort(acl.begin(), acl.end());
  // Of two grants of one privilege, the one with the grant option sorts last and counts.
  for (std::size_t i = 0; i + 1 < acl.size();) {
    const bool same =
        acl[i].grantee == acl[i + 1].grantee && acl[i].privilege == acl[i + 1].privilege;
    if (same) {
      acl.erase(acl.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
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

void name_grantees(schema::Object& object, const std::string& role) {
  const std::string& owner = object.owner;
  name_grantee(object.acl, role, owner);
  if (object.id.kind != schema::Kind::Table) return;
  for (schema::Column& column : static_cast<schema::Table&>(object).columns) {
    if (!column.acl.empty()) name_grantee(column.acl.edit(), role, owner);
    if (!column.identity_acl.empty()) name_grantee(column.identity_acl.edit(), role, owner);
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
  rename_grantee(object.acl, owner);
  if (object.id.kind != schema::Kind::Table) return;
  for (schema::Column& column : static_cast<schema::Table&>(object).columns) {
    if (!column.acl.empty()) rename_grantee(column.acl.edit(), owner);
    if (!column.identity_acl.empty()) rename_grantee(column.identity_acl.edit(), owner);
  }
}

void assume_role(schema::Catalog& file, const std::string& role) {
  if (file.server_version != 0 || role.empty()) return;
  file.current_role = role;
  file.for_each([&](schema::Object& object) { name_grantees(object, role); });
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
