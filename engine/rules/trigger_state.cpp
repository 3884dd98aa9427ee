// A trigger that is switched on or off.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict trigger_state(const Subject& s) {
  if (s.operation.op != Op::EnableTrigger) return kSilent;
  return fires("What writes to the table do changes.");
}

}  // namespace schemadiff::engine::rules
