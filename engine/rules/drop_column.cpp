// The values of a column.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_column(const Subject& s) {
  if (s.operation.op != Op::DropColumn || !s.drops(Kind::Column)) return kSilent;
  // a generated column that is made anew is computed again
  if (s.replaced() && !s.column_before()->generated.empty() && !s.column_after()->generated.empty())
    return kSilent;
  return fires("The values of the column are lost" + s.figures() + ".");
}

}  // namespace schemadiff::engine::rules
