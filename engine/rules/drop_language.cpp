// A language goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_language(const Subject& s) {
  if (!s.drops(Kind::Language)) return kSilent;
  return fires("Functions in the language can no longer be made or run.");
}

}  // namespace schemadiff::engine::rules
