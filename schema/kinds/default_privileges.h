// ALTER DEFAULT PRIVILEGES, and GRANT on objects that extensions made.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

// For what a role makes from now on, of one sort of objects: id.name is TABLES, SEQUENCES,
// FUNCTIONS, TYPES or SCHEMAS, id.args the role (empty: whoever runs the statement), id.schema
// where (empty: everywhere). Object::acl is all that such an object gets; with a schema, what it
// gets beside that. Exists only where it differs from base_acl() (schema/ddl/ddl.h).
struct DefaultPrivileges : Object {
  static constexpr Kind kKind = Kind::DefaultPrivileges;
  static constexpr auto attributes() { return std::make_tuple(); }
};

// What GRANT and REVOKE made of an extension's object (a member), or of one in pg_catalog: id.name is
// what GRANT calls it, "FUNCTION public.f(integer)", id.schema where it is. Both lists are sorted, and
// relative to the privileges that it came with.
struct MemberPrivileges : Object {
  static constexpr Kind kKind = Kind::MemberPrivileges;
  std::vector<Grant> granted, revoked;
  static constexpr auto attributes() {
    return std::make_tuple(attribute("granted", &MemberPrivileges::granted),
                           attribute("revoked", &MemberPrivileges::revoked));
  }
};

}  // namespace schemadiff::schema
