// More access.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict grant(const Subject& s) {
  if (s.operation.op != Op::Grant) return kSilent;
  return fires(s.operation.object.kind == Kind::DefaultPrivileges
                   ? "A role gains access to objects that are made later."
                   : "A role gains access that it did not have.");
}

}  // namespace schemadiff::engine::rules
