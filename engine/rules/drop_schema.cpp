// A schema goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_schema(const Subject& s) {
  if (!s.drops(Kind::Schema)) return kSilent;
  return fires("The schema is gone for its users.");
}

}  // namespace schemadiff::engine::rules
