// A sequence that gives other numbers.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict alter_sequence(const Subject& s) {
  if (s.operation.op != Op::AlterSequence || s.operation.role != Role::Alter) return kSilent;
  return fires("The numbers that the sequence gives change.");
}

}  // namespace schemadiff::engine::rules
