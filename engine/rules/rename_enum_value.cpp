// A value of an enum that has another name at once.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

Verdict rename_enum_value(const Subject& s) {
  if (s.operation.op != Op::RenameEnumValue) return kSilent;
  return fires(
      "An application that writes or compares with the old name fails from here on, and one that "
      "knows the new name only fails until then.");
}

}  // namespace schemadiff::engine::rules
