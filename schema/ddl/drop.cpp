// DROP and OWNER TO.
#include "schema/ddl/ddl.h"
#include "schema/quote.h"

namespace schemadiff::schema {

std::string_view ddl_keyword(const Object& object) {
  if (object.id.kind == Kind::Routine) return routine_keyword(static_cast<const Routine&>(object));
  if (object.id.kind == Kind::Table && !static_cast<const Table&>(object).server.empty())
    return "FOREIGN TABLE";
  return kind_keyword(object.id.kind);
}

std::string drop_sql(const Object& object) {
  if (object.id.kind == Kind::Constraint)
    return "ALTER TABLE " + sql_parent(object.id) + " DROP CONSTRAINT " + sql_name(object.id);
  // The type and the functions that it is made of cannot go one by one.
  return "DROP " + sql_address(object.id, ddl_keyword(object)) +
         (has_shell(object) ? " CASCADE" : "");
}

std::string drop_sql(const Routine& routine) {
  return "DROP " + sql_address(routine.id, routine_keyword(routine));
}

std::string owner_sql(const Object& object, std::string_view owner) {
  switch (object.id.kind) {
    case Kind::Extension:
    case Kind::Column:
    case Kind::Default:
    case Kind::Index:
    case Kind::Constraint:
    case Kind::Trigger:
    case Kind::Policy:
    case Kind::Rule:
    case Kind::Cast:
    case Kind::Transform:
    case Kind::AccessMethod:
    case Kind::TextSearchParser:
    case Kind::TextSearchTemplate:
    case Kind::UserMapping:
    case Kind::DefaultPrivileges:
    case Kind::MemberPrivileges:
      return {};
    default:
      return "ALTER " + sql_address(object.id, ddl_keyword(object)) + " OWNER TO " +
             quote_identifier(owner);
  }
}

}  // namespace schemadiff::schema
