// A type in a new form.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict replace_type(const Subject& s) {
  if (s.operation.op != Op::MakeTypeAnew || s.operation.object.kind == Kind::Collation)
    return kSilent;
  return fires(
      "Every column of the type is rewritten; values that the new form does not know make the plan "
      "fail.");
}

}  // namespace schemadiff::engine::rules
