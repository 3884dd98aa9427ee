// A view goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_view(const Subject& s) {
  if (!s.drops_for_good(Kind::View)) return kSilent;
  return fires("Readers of the view fail.");
}

}  // namespace schemadiff::engine::rules
