// What a view lets through.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict view_options(const Subject& s) {
  if (s.operation.op != Op::AlterViewOptions) return kSilent;
  return fires("What the view lets through or checks may change.");
}

}  // namespace schemadiff::engine::rules
