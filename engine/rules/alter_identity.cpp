// Another source of the numbers of a column.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict alter_identity(const Subject& s) {
  if (s.operation.op != Op::AlterIdentity || !s.column_before()) return kSilent;
  if (s.column_after()->identity == 'a' && s.column_before()->identity != 'a')
    return fires("Inserts that give the column a value of their own fail from now on.");
  if (s.column_after()->identity == '\0')
    return fires("Inserts without a value for the column get no number any more.");
  return fires("What inserts without a value for the column get changes.");
}

}  // namespace schemadiff::engine::rules
