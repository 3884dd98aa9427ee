// A check that rests on more than the row.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict check_calls_function(const Subject& s) {
  if (!s.makes(Kind::Constraint) || s.after<Constraint>()->contype != 'c') return kSilent;
  for (const ObjectId& ref : s.after<Constraint>()->refs) {
    const auto routine = s.context.to.routines.find(ref);
    if (routine != s.context.to.routines.end() && routine->second.volatility != 'i')
      return fires("It calls " + describe(ref) +
                   ", which is not IMMUTABLE: rows that are there are not checked again when its "
                   "answer changes, and restoring a dump may fail.");
  }
  return kSilent;
}

}  // namespace schemadiff::engine::rules
