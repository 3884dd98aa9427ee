// A function that does something else.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict replace_function(const Subject& s) {
  if (s.operation.role != Role::Alter || !s.alters(Kind::Routine)) return kSilent;
  return fires("Callers get the new behaviour with their next call.");
}

}  // namespace schemadiff::engine::rules
