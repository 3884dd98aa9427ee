// A column that is no longer computed.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_expression(const Subject& s) {
  if (s.operation.op != Op::DropExpression) return kSilent;
  return fires("The application has to give the column its values from now on.");
}

}  // namespace schemadiff::engine::rules
