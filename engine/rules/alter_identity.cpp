// Another source of the numbers of a column.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict alter_identity(const Subject& s) {
  if (s.operation.op != Op::AlterIdentity) return kSilent;
  return fires("What inserts without a value for the column get changes.");
}

}  // namespace schemadiff::engine::rules
