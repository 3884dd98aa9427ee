// Rows that are held to a constraint.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict validate(const Subject& s) {
  if (s.operation.op != Op::ValidateConstraint) return kSilent;
  return fires("All rows of the table are read" + s.figures() +
               "; a row that breaks the constraint makes the step fail" +
               (s.found_none() ? "; there was none when the plan was made." : "."));
}

}  // namespace schemadiff::engine::rules
