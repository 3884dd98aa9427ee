// Decides how triggers and policies are altered.
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

void lower_alter(const Trigger& before, const Trigger& after, const diff::Change& change,
                 const Context& context, Operations& operations) {
  if (!changed(change, "enabled")) return;
  Operation operation = make(Role::Detail, after, Phase::Expand, "When the trigger fires differs.");
  operation.op = Op::EnableTrigger;
  operation.relations = with_partitions(table_name(after.id), context);
  operation.sql = {trigger_state_sql(after)};
  operation.undo = {trigger_state_sql(before)};
  operations.push_back(std::move(operation));
}

void lower_alter(const Policy& before, const Policy& after, const diff::Change& change,
                 const Context&, Operations& operations) {
  const bool roles = changed(change, "roles");
  const bool conditions = changed(change, "using") || changed(change, "with check");
  if (!roles && !conditions) return;
  const auto sql = [&](const Policy& policy) {
    std::string text = "ALTER POLICY " + sql_name(policy.id) + " ON " + sql_parent(policy.id);
    if (roles) text += " TO " + policy_roles(policy);
    if (conditions && !policy.using_expr.empty())
      text += "\n  USING (" + policy.using_expr.sql + ')';
    if (conditions && !policy.check_expr.empty())
      text += "\n  WITH CHECK (" + policy.check_expr.sql + ')';
    return text;
  };
  // ALTER POLICY cannot take an expression away again
  const bool adds = (before.using_expr.empty() && !after.using_expr.empty()) ||
                    (before.check_expr.empty() && !after.check_expr.empty());
  Operation operation =
      make(Role::Alter, after, Phase::Contract, "Whom the policy lets do what differs.");
  operation.releases = before.refs;
  operation.op = Op::AlterPolicy;
  operation.relations = {sql_parent(after.id)};
  operation.sql = {sql(after)};
  operation.undo = {sql(before)};
  if (adds) {
    operation.undo = {drop_sql(after)};
    append(operation.undo, create_sql(before));
    append(operation.undo, comment_sql(before));
  }
  operation.unproven = change.unproven;
  operations.push_back(std::move(operation));
}

}  // namespace schemadiff::engine
