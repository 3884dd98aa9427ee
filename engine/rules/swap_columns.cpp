// A column whose place another one takes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict swap_columns(const Subject& s) {
  if (s.operation.op != Op::SwapColumns) return kSilent;
  return fires(
      "The column becomes the last of its table: SELECT * and INSERT without a list of columns "
      "see another order.");
}

}  // namespace schemadiff::engine::rules
