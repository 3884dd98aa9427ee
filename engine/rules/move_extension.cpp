// An extension in another schema.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict move_extension(const Subject& s) {
  if (!s.alters(Kind::Extension, "schema") || s.operation.phase != Phase::Contract) return kSilent;
  return fires("Applications that name its objects by the old schema fail.");
}

}  // namespace schemadiff::engine::rules
