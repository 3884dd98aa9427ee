// An index goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_index(const Subject& s) {
  if (!s.drops(Kind::Index)) return kSilent;
  return fires("Queries that use the index become slow.");
}

}  // namespace schemadiff::engine::rules
