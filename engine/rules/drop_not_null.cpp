// NULL where there was none.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_not_null(const Subject& s) {
  if (s.operation.op != Op::DropNotNull || !s.alters(Kind::Column)) return kSilent;
  return fires("Readers that do not expect NULL may fail on it.");
}

}  // namespace schemadiff::engine::rules
