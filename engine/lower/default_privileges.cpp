// Decides how default privileges are changed: after all that makes objects, which get their
// privileges under those that the database had before.
#include <algorithm>

#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

void change_acl(Role role, const DefaultPrivileges& object, const std::vector<Grant>& before,
                const std::vector<Grant>& after, Operations& operations) {
  const bool grants_only = std::includes(after.begin(), after.end(), before.begin(), before.end());
  Operation operation = make(role, object, grants_only ? Phase::Expand : Phase::Contract,
                             "What roles may do with objects that are made from now on differs.");
  operation.op = grants_only ? Op::Grant : Op::Revoke;
  operation.sql = default_privileges_sql(object.id, before, after);
  operation.undo = default_privileges_sql(object.id, after, before);
  operation.last = true;
  operations.push_back(std::move(operation));
}

}  // namespace

void lower_create(const DefaultPrivileges& object, const diff::Change&, const Context&,
                  Operations& operations) {
  change_acl(Role::Make, object, base_acl(object.id), object.acl, operations);
}

void lower_drop(const DefaultPrivileges& object, const diff::Change&, const Context&,
                Operations& operations) {
  change_acl(Role::Drop, object, object.acl, base_acl(object.id), operations);
}

void lower_alter(const DefaultPrivileges& before, const DefaultPrivileges& after,
                 const diff::Change&, const Context&, Operations& operations) {
  change_acl(Role::Alter, after, before.acl, after.acl, operations);
}

}  // namespace schemadiff::engine
