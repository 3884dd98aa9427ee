// A function goes.
#include "engine/overloads.h"
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_function(const Subject& s) {
  if (!s.drops_for_good(Kind::Routine) && !s.drops_for_good(Kind::Aggregate)) return kSilent;
  const Routine* routine = s.before<Routine>();
  if (routine && successor_of(*routine, s.context)) return kSilent;
  return fires("Callers of the function fail.");
}

}  // namespace schemadiff::engine::rules
