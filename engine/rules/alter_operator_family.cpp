// An operator family with other members.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict alter_operator_family(const Subject& s) {
  if (s.operation.role != Role::Alter || !s.alters(Kind::OperatorFamily)) return kSilent;
  return fires("Which queries can use an index may change.");
}

}  // namespace schemadiff::engine::rules
