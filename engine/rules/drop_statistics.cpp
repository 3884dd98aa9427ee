// What the planner knew of columns together.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_statistics(const Subject& s) {
  if (!s.drops_for_good(Kind::Statistics)) return kSilent;
  return fires("The planner takes the columns as independent again: plans of queries may change.");
}

}  // namespace schemadiff::engine::rules
