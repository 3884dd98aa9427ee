// A trigger goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_trigger(const Subject& s) {
  if (!s.drops_for_good(Kind::Trigger)) return kSilent;
  return fires("What the trigger did on writes no longer happens.");
}

}  // namespace schemadiff::engine::rules
