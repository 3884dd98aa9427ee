// Decides how privileges on extensions' objects are changed: after all that makes objects.
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

void change_privileges(const MemberPrivileges& object, const MemberPrivileges& before,
                       const MemberPrivileges& after, Operations& operations) {
  const std::size_t first = operations.size();
  lower_grants(object, object.id.name, {}, member_acl(before, after), member_acl(after, before),
               operations);
  for (std::size_t i = first; i < operations.size(); ++i) operations[i].refs = object.refs;
}

}  // namespace

void lower_create(const MemberPrivileges& object, const diff::Change&, const Context&,
                  Operations& operations) {
  change_privileges(object, {}, object, operations);
}

void lower_drop(const MemberPrivileges& object, const diff::Change&, const Context& context,
                Operations& operations) {
  for (const ObjectId& ref : object.refs)
    if (ref.kind == Kind::Extension && context.goes_away(ref)) return;
  change_privileges(object, object, {}, operations);
}

void lower_alter(const MemberPrivileges& before, const MemberPrivileges& after, const diff::Change&,
                 const Context&, Operations& operations) {
  change_privileges(after, before, after, operations);
}

}  // namespace schemadiff::engine
