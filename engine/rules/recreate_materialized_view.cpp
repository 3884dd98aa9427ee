// A materialized view that is filled anew.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict recreate_materialized_view(const Subject& s) {
  if (!s.makes(Kind::MaterializedView) || !s.replaced()) return kSilent;
  return fires("The materialized view is filled anew; its readers wait.");
}

}  // namespace schemadiff::engine::rules
