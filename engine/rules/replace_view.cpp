// A view that says something else.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict replace_view(const Subject& s) {
  if (s.operation.op != Op::ReplaceView) return kSilent;
  return fires("Readers of the view get other rows or values.");
}

}  // namespace schemadiff::engine::rules
