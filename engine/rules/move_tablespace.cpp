// An index that is copied.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict move_tablespace(const Subject& s) {
  if (s.operation.op != Op::MoveIndex) return kSilent;
  return fires("The index is copied under an exclusive lock" + s.figures() + ".", s.by_size());
}

}  // namespace schemadiff::engine::rules
