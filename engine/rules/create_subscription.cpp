// A subscription that is made without its publisher.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict create_subscription(const Subject& s) {
  if (!s.makes(Kind::Subscription)) return kSilent;
  return fires(
      "The publisher is not contacted: make the replication slot there, then ENABLE the "
      "subscription "
      "and REFRESH its publications.");
}

}  // namespace schemadiff::engine::rules
