// Another version of an extension.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict update_extension(const Subject& s) {
  if (!s.alters(Kind::Extension, "version") || s.operation.reversible) return kSilent;
  return fires("The objects of the extension change.");
}

}  // namespace schemadiff::engine::rules
