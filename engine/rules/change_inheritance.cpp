// A table with other parents.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_inheritance(const Subject& s) {
  if (s.operation.op != Op::AlterInheritance || !s.alters(Kind::Table, "inherits")) return kSilent;
  return fires("Queries of the parents see other rows.");
}

}  // namespace schemadiff::engine::rules
