// A base type in another form, in place.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict alter_type(const Subject& s) {
  if (s.operation.op != Op::AlterBaseType) return kSilent;
  return fires("What reads and writes values of the type changes.");
}

}  // namespace schemadiff::engine::rules
