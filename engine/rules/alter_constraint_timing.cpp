// A foreign key that is checked at another time.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict alter_constraint_timing(const Subject& s) {
  if (s.operation.op != Op::AlterConstraint) return kSilent;
  return fires("Violations are reported at another time.");
}

}  // namespace schemadiff::engine::rules
