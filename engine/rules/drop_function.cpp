// A function goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_function(const Subject& s) {
  if (!s.drops_for_good(Kind::Routine) && !s.drops_for_good(Kind::Aggregate)) return kSilent;
  return fires("Callers of the function fail.");
}

}  // namespace schemadiff::engine::rules
