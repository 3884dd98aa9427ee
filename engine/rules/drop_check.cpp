// What was refused is let in.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_check(const Subject& s) {
  if (!s.drops_for_good(Kind::Constraint) || s.before<Constraint>()->contype != 'c') return kSilent;
  return fires("What the constraint refused is accepted from now on.");
}

}  // namespace schemadiff::engine::rules
