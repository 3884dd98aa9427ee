// An extension goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_extension(const Subject& s) {
  if (!s.drops(Kind::Extension)) return kSilent;
  return fires("What the extension provides is lost.");
}

}  // namespace schemadiff::engine::rules
