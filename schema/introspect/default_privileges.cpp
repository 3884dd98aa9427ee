// Default privileges.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

// pg_default_acl.defaclobjtype
std::string_view sort_name(char type) {
  switch (type) {
    case 'r':
      return "TABLES";
    case 'S':
      return "SEQUENCES";
    case 'f':
      return "FUNCTIONS";
    case 'T':
      return "TYPES";
    case 'n':
      return "SCHEMAS";
    default:
      return {};
  }
}

}  // namespace

void read_default_privileges(Rows& rows, Reading& reading) {
  while (rows.next()) {
    DefaultPrivileges privileges;
    std::string role = at(reading.roles, rows.oid());
    const std::string& schema = at(reading.schemas, rows.oid());
    const std::string_view sort = sort_name(rows.letter());
    if (sort.empty()) continue;
    privileges.acl = parse_acl(rows.view(), role);
    privileges.id =
        object_id(Kind::DefaultPrivileges, {schema, std::string(sort)}, std::move(role));
    add(reading.catalog.default_privileges, std::move(privileges));
  }
}

}  // namespace schemadiff::schema::introspection
