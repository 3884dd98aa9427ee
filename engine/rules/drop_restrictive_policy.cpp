// Rows that a policy kept back.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_restrictive_policy(const Subject& s) {
  if (!s.drops_for_good(Kind::Policy) || s.before<Policy>()->permissive) return kSilent;
  return fires("Rows that the policy kept back can be reached.");
}

}  // namespace schemadiff::engine::rules
