// aclitem[] → effective privileges.
#include <algorithm>

#include "schema/ddl/ddl.h"
#include "schema/introspect/reading.h"

namespace schemadiff::schema::introspection {
namespace {

std::string_view privilege_of(char letter) {
  switch (letter) {
    case 'r':
      return "SELECT";
    case 'a':
      return "INSERT";
    case 'w':
      return "UPDATE";
    case 'd':
      return "DELETE";
    case 'D':
      return "TRUNCATE";
    case 'x':
      return "REFERENCES";
    case 't':
      return "TRIGGER";
    case 'm':
      return "MAINTAIN";
    case 'X':
      return "EXECUTE";
    case 'U':
      return "USAGE";
    case 'C':
      return "CREATE";
    default:
      return {};
  }
}

// Takes a role's name, quoted or not, off the front of the item.
std::string take_role(std::string_view& item) {
  std::string role;
  bool quoted = false;
  std::size_t i = 0;
  for (; i < item.size() && (quoted || item[i] != '='); ++i) {
    if (item[i] != '"') {
      role += item[i];
    } else if (quoted && i + 1 < item.size() && item[i + 1] == '"') {
      role += item[i++];
    } else {
      quoted = !quoted;
    }
  }
  item.remove_prefix(std::min(i + 1, item.size()));
  return role;
}

}  // namespace

std::vector<Grant> parse_acl(std::string_view acl, std::string_view owner) {
  std::vector<Grant> grants;
  for (const std::string& element : array_elements(acl)) {
    std::string_view item = element;
    bool is_public = item.starts_with('=');
    std::string grantee = take_role(item);
    if (is_public) grantee = "public";
    bool own = !is_public && grantee == owner;
    if (own) grantee.clear();
    for (std::size_t i = 0; i < item.size() && item[i] != '/'; ++i) {
      std::string_view privilege = privilege_of(item[i]);
      // 17 has it among the owner's privileges of every table; the model's defaults are those of
      // all versions.
      if (privilege.empty() || (own && privilege == "MAINTAIN")) continue;
      bool grantable = i + 1 < item.size() && item[i + 1] == '*';
      grants.push_back({grantee, std::string(privilege), grantable});
    }
  }
  // Several grantors may have granted the same; with the grant option counts.
  std::sort(grants.begin(), grants.end(), [](const Grant& a, const Grant& b) {
    return std::tie(a.grantee, a.privilege, b.grantable) <
           std::tie(b.grantee, b.privilege, a.grantable);
  });
  auto same = [](const Grant& a, const Grant& b) {
    return a.grantee == b.grantee && a.privilege == b.privilege;
  };
  grants.erase(std::unique(grants.begin(), grants.end(), same), grants.end());
  return grants;
}

std::vector<Grant> effective_acl(std::string_view acl, std::string_view owner, Kind kind) {
  return acl.empty() ? default_acl(kind) : parse_acl(acl, owner);
}

}  // namespace schemadiff::schema::introspection
