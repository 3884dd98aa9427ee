// A value that an enum cannot lose again.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict add_enum_value(const Subject& s) {
  if (s.operation.op != Op::AddEnumValue) return kSilent;
  return fires("A value cannot be removed again.");
}

}  // namespace schemadiff::engine::rules
