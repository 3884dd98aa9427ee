// A function that is dropped and made anew.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict recreate_function(const Subject& s) {
  if (!s.makes(Kind::Routine) || !s.replaced()) return kSilent;
  return fires("Calls by the old signature fail as soon as it is gone.");
}

}  // namespace schemadiff::engine::rules
