// What comes from a publisher.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_subscription(const Subject& s) {
  if (s.drops(Kind::Subscription))
    return fires(
        "No changes come from the publisher any more. The replication slot stays there and keeps "
        "WAL "
        "back until it is dropped.",
        Risk::High);
  switch (s.operation.op) {
    case Op::SetConnection:
      return fires("Changes come from another publisher or by another way.");
    case Op::SetPublications:
      return fires("The tables that come with it are those of before until REFRESH PUBLICATION.");
    case Op::SetSubscriptionOptions:
      return fires("How changes are applied differs.");
    case Op::EnableSubscription:
      return fires("Changes come from the publisher, which needs the replication slot.");
    case Op::DisableSubscription:
      return fires("No changes come from the publisher any more.");
    default:
      return kSilent;
  }
}

}  // namespace schemadiff::engine::rules
