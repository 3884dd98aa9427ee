// Decides how operators and operator families are altered.
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

void lower_alter(const Operator& before, const Operator& after, const diff::Change& change,
                 const Context&, Operations& operations) {
  if (!changed(change, "restriction estimator") && !changed(change, "join estimator")) return;
  Operation operation = make(Role::Alter, after, Phase::Expand,
                             "How the planner estimates the operator's results differs.");
  operation.releases = before.refs;
  operation.sql = {operator_estimators_sql(after)};
  operation.undo = {operator_estimators_sql(before)};
  operations.push_back(std::move(operation));
}

void lower_alter(const OperatorFamily& before, const OperatorFamily& after,
                 const diff::Change& change, const Context&, Operations& operations) {
  if (!changed(change, "members")) return;
  Operation operation =
      make(Role::Alter, after, Phase::Expand, "The operators and functions of the family differ.");
  operation.releases = before.refs;
  operation.sql = family_members_sql(after, before.members, after.members);
  operation.undo = family_members_sql(after, after.members, before.members);
  operations.push_back(std::move(operation));
}

}  // namespace schemadiff::engine
