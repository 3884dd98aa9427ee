// A materialized view that is filled anew.
#include "engine/lower/materialized_view.h"
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict recreate_materialized_view(const Subject& s) {
  if (!s.makes(Kind::MaterializedView) || !s.replaced() ||
      swaps_online(s.operation.object, s.context))
    return kSilent;
  return fires("The materialized view is filled anew; its readers wait.");
}

}  // namespace schemadiff::engine::rules
