// A column of a foreign table with another type.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_foreign_table(const Subject& s) {
  if (!s.operation.retypes || s.operation.op != Op::AlterForeignTable) return kSilent;
  return fires("Rows of the other side have to fit the new type.");
}

}  // namespace schemadiff::engine::rules
