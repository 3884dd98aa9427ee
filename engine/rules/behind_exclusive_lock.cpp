// A step that takes long while its transaction holds locks of earlier ones.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict behind_exclusive_lock(const Subject& s) {
  if (!s.operation.behind_lock) return kSilent;
  return fires("Its transaction keeps the locks of earlier steps for as long as it takes.");
}

}  // namespace schemadiff::engine::rules
