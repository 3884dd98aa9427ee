// A sequence goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_sequence(const Subject& s) {
  if (!s.drops(Kind::Sequence)) return kSilent;
  return fires("The sequence and its position are lost.");
}

}  // namespace schemadiff::engine::rules
