// What GRANT and REVOKE on objects of extensions mean, given what their extensions gave.
#include <algorithm>
#include <map>

#include "parser/analyze/definitions.h"
#include "schema/ddl/ddl.h"

namespace schemadiff::parser {
namespace {

using namespace schema;
using Member = ExtensionObjects::Member;

struct Changed {
  Member member;
  std::vector<Grant> acl;
  Span span;
};

constexpr std::string_view kOfExtension = "EXTENSION ";

bool is_of_extension(const MemberGrant& grant) { return grant.target.starts_with(kOfExtension); }

bool is_meant(const MemberGrant& grant, const Member& member) {
  if (is_of_extension(grant))
    return member.kind == grant.kind &&
           grant.target.substr(kOfExtension.size()) == member.extension;
  return grant.target.empty() ? member.kind == grant.kind && member.schema == grant.schema
                              : member.target == grant.target;
}

// What it came with where nobody has asked: as without an extension, and what a REVOKE takes
// for granted, which of tables is that everybody reads them.
Member unknown_member(const MemberGrant& grant) {
  Member member{grant.kind, grant.schema, grant.target, {}, {}, default_acl(grant.kind)};
  const bool reading_goes = grant.kind == Kind::Table && !grant.is_grant &&
                            std::ranges::count(grant.grantees, "public") != 0 &&
                            std::ranges::count(grant.privileges, "SELECT") != 0;
  if (reading_goes) change_acl(member.initial, true, false, "public", "SELECT");
  return member;
}

}  // namespace

void add_member_privileges(Catalog& catalog, const ExtensionObjects& environment) {
  std::map<std::string, Changed> changes;  // by target
  const auto change = [&](const MemberGrant& grant, const Member& member) {
    const auto at = changes.try_emplace(member.target, Changed{member, member.initial, grant.span});
    apply_member_grant(grant, member.owner, catalog.current_role, at.first->second.acl);
  };
  for (const MemberGrant& grant : catalog.member_grants) {
    bool found = false;
    for (const Member& member : environment.members) {
      const bool meant = is_meant(grant, member);
      if (meant) change(grant, member);
      found = found || meant;
    }
    if (!found && !grant.target.empty() && !is_of_extension(grant))
      change(grant, unknown_member(grant));
  }
  for (const auto& [target, changed] : changes) {
    MemberPrivileges privileges = member_privileges(changed.member, changed.acl);
    if (privileges.granted.empty() && privileges.revoked.empty()) continue;
    privileges.span = changed.span;
    catalog.member_privileges.emplace(ObjectId(privileges.id), std::move(privileges));
  }
}

}  // namespace schemadiff::parser
