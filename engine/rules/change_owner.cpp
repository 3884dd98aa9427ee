// Another owner.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_owner(const Subject& s) {
  if (s.operation.op != Op::AlterOwner) return kSilent;
  return fires("Who may alter and drop the object changes.");
}

}  // namespace schemadiff::engine::rules
