// DDL of default privileges and what they give to new objects, and of privileges on extensions'
// objects.
#include <algorithm>
#include <array>
#include <iterator>

#include "schema/ddl/ddl.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

struct Sort {
  std::string_view name;
  Kind kind;  // one that stands for all of its sort
};

constexpr std::array<Sort, 5> kSorts{{{"TABLES", Kind::Table},
                                      {"SEQUENCES", Kind::Sequence},
                                      {"FUNCTIONS", Kind::Routine},
                                      {"TYPES", Kind::Enum},
                                      {"SCHEMAS", Kind::Schema}}};

Kind standing_for(Kind kind) {
  switch (kind) {
    case Kind::View:
    case Kind::MaterializedView:
      return Kind::Table;
    case Kind::Aggregate:
      return Kind::Routine;
    case Kind::Domain:
    case Kind::Composite:
    case Kind::Range:
    case Kind::BaseType:
      return Kind::Enum;
    default:
      return kind;
  }
}

const DefaultPrivileges* find(const Catalog& catalog, std::string_view sort,
                              const std::string& schema) {
  for (const std::string& role : {catalog.current_role, std::string()}) {
    const auto found = catalog.default_privileges.find(
        {Kind::DefaultPrivileges, schema, {}, std::string(sort), role});
    if (found != catalog.default_privileges.end()) return &found->second;
  }
  return nullptr;
}

// What the objects of the extension shall have alike, as far as a file says. `current`: who makes
// it; of no other role than PUBLIC is it known then, where that is empty, that it is not the owner.
std::vector<Grant> acl_of_members(const Extension& extension, const std::string& schema, Kind kind,
                                  const Catalog& catalog, const std::string& current) {
  std::vector<Grant> acl = default_acl(kind);
  for (const MemberGrant& grant : catalog.member_grants) {
    const bool is_meant = grant.target.empty() ? grant.schema == schema
                                               : grant.target == "EXTENSION " + extension.id.name;
    if (grant.kind != kind || !is_meant) continue;
    MemberGrant known = grant;
    if (current.empty())
      std::erase_if(known.grantees, [](const std::string& role) {
        return !role.empty() && role != kCurrentUser && role != "public";
      });
    apply_member_grant(known, current, current, acl);
  }
  return acl;
}

}  // namespace

Statements create_sql(const Extension& extension, const Catalog& catalog, const Catalog& live) {
  const std::string schema = extension.schema.empty() ? "public" : extension.schema;
  const std::string& current = live.current_role.empty() ? catalog.current_role : live.current_role;
  Statements statements, back;
  const auto change = [&](const ObjectId& id, const std::vector<Grant>& now,
                          const std::vector<Grant>& meanwhile) {
    append(statements, default_privileges_sql(id, now, meanwhile));
    append(back, default_privileges_sql(id, meanwhile, now));
  };
  for (const Sort& sort : kSorts) {
    if (sort.kind == Kind::Schema) continue;
    const std::vector<Grant> wanted =
        acl_of_members(extension, schema, sort.kind, catalog, current);
    if (initial_acl(live, sort.kind, schema) == wanted) continue;
    if (const DefaultPrivileges* everywhere = find(live, sort.name, {}))
      change(everywhere->id, everywhere->acl, wanted);
    else
      change({Kind::DefaultPrivileges, {}, {}, std::string(sort.name), {}}, default_acl(sort.kind),
             wanted);
    if (const DefaultPrivileges* there = find(live, sort.name, schema))
      change(there->id, there->acl, {});
  }
  append(statements, create_sql(extension));
  append(statements, std::move(back));
  return statements;
}

Statements member_privileges_sql(const Extension& extension, const Catalog& catalog) {
  Statements statements;
  for (const auto& [id, privileges] : catalog.member_privileges)
    if (std::ranges::count(privileges.refs, extension.id) != 0)
      append(statements, create_sql(privileges));
  return statements;
}

std::vector<Grant> united(const std::vector<Grant>& a, const std::vector<Grant>& b) {
  std::vector<Grant> all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  // with and without grant option is one privilege
  const auto shadowed = [&](const Grant& grant) {
    return !grant.grantable &&
           std::binary_search(all.begin(), all.end(), Grant{grant.grantee, grant.privilege, true});
  };
  std::erase_if(all, shadowed);
  return all;
}

std::vector<Grant> base_acl(const ObjectId& id) {
  if (!id.schema.empty()) return {};
  const auto sort = std::find_if(kSorts.begin(), kSorts.end(),
                                 [&](const Sort& candidate) { return candidate.name == id.name; });
  return sort == kSorts.end() ? std::vector<Grant>{} : default_acl(sort->kind);
}

// aclchk.c, get_user_default_acl
std::vector<Grant> initial_acl(const Catalog& catalog, Kind kind, const std::string& schema) {
  std::vector<Grant> acl = default_acl(kind);
  if (catalog.default_privileges.empty()) return acl;
  for (const Sort& sort : kSorts) {
    if (sort.kind != standing_for(kind)) continue;
    if (const DefaultPrivileges* everywhere = find(catalog, sort.name, {})) acl = everywhere->acl;
    if (schema.empty()) continue;
    if (const DefaultPrivileges* there = find(catalog, sort.name, schema))
      acl = united(acl, there->acl);
  }
  return acl;
}

Statements default_privileges_sql(const ObjectId& id, const std::vector<Grant>& before,
                                  const std::vector<Grant>& after) {
  std::string prefix = "ALTER DEFAULT PRIVILEGES ";
  if (!id.args.empty()) prefix += "FOR ROLE " + quote_identifier(id.args) + ' ';
  if (!id.schema.empty()) prefix += "IN SCHEMA " + quote_identifier(id.schema) + ' ';
  Statements statements = grant_sql(before, after, id.name, {}, id.args);
  for (std::string& sql : statements) sql.insert(0, prefix);
  return statements;
}

Statements create_sql(const DefaultPrivileges& privileges) {
  return default_privileges_sql(privileges.id, base_acl(privileges.id), privileges.acl);
}

MemberPrivileges member_privileges(const ExtensionObjects::Member& member,
                                   const std::vector<Grant>& acl) {
  const auto without = [](const std::vector<Grant>& all, const std::vector<Grant>& those) {
    std::vector<Grant> rest;
    std::set_difference(all.begin(), all.end(), those.begin(), those.end(),
                        std::back_inserter(rest));
    return rest;
  };
  MemberPrivileges privileges;
  privileges.id = {Kind::MemberPrivileges, member.schema, {}, member.target, {}};
  privileges.owner = member.owner;
  privileges.granted = without(acl, member.initial);
  privileges.revoked = without(member.initial, acl);
  if (!member.extension.empty())
    privileges.refs = {{Kind::Extension, {}, {}, member.extension, {}}};
  return privileges;
}

// What is revoked was there; what else was there is not known, and does not matter.
std::vector<Grant> member_acl(const MemberPrivileges& privileges, const MemberPrivileges& other) {
  std::vector<Grant> acl = united(united(privileges.revoked, other.revoked), privileges.granted);
  std::erase_if(acl, [&](const Grant& grant) {
    return std::binary_search(privileges.revoked.begin(), privileges.revoked.end(), grant);
  });
  return acl;
}

Statements create_sql(const MemberPrivileges& privileges) {
  const MemberPrivileges untouched;
  return grant_sql(member_acl(untouched, privileges), member_acl(privileges, untouched),
                   privileges.id.name, {}, privileges.owner);
}

}  // namespace schemadiff::schema
