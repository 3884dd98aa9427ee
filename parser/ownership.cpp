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

}  // namespace schemadiff::parser
