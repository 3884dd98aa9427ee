// Decides how subscriptions are altered. Nothing here contacts the publisher.
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

void lower_alter(const Subscription& before, const Subscription& after, const diff::Change& change,
                 const Context&, Operations& operations) {
  const auto push = [&](Op op, std::string why, Statements sql, Statements undo) {
    Operation operation = make(Role::Alter, after, Phase::Contract, std::move(why));
    operation.op = op;
    operation.sql = std::move(sql);
    operation.undo = std::move(undo);
    operations.push_back(std::move(operation));
  };
  if (changed(change, "connection"))
    push(Op::SetConnection, "The connection differs.", {subscription_connection_sql(after)},
         {subscription_connection_sql(before)});
  if (changed(change, "publications"))
    push(Op::SetPublications, "The publications differ.", {subscription_publications_sql(after)},
         {subscription_publications_sql(before)});
  // a disabled subscription can do without a slot, an enabled one cannot
  const bool disables = changed(change, "enabled") && !after.enabled.value_or(false);
  if (disables)
    push(Op::DisableSubscription, "The subscription shall be disabled.",
         {subscription_state_sql(after)}, {subscription_state_sql(before)});
  if (const Statements sql = subscription_options_sql(before, after); !sql.empty())
    push(Op::SetSubscriptionOptions, "The options differ.", sql,
         subscription_options_sql(after, before));
  if (changed(change, "enabled") && !disables)
    push(Op::EnableSubscription, "The subscription shall be enabled.",
         {subscription_state_sql(after)}, {subscription_state_sql(before)});
}

}  // namespace schemadiff::engine
