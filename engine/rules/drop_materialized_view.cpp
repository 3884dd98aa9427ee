// A materialized view goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_materialized_view(const Subject& s) {
  if (!s.drops_for_good(Kind::MaterializedView)) return kSilent;
  return fires("Readers of the materialized view fail.");
}

}  // namespace schemadiff::engine::rules
