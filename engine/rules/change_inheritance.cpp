// A table with other parents.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_inheritance(const Subject& s) {
  if (s.operation.op != Op::AlterInheritance || !s.alters(Kind::Table, "inherits")) return kSilent;
  const Table* before = s.before<Table>();
  const Table* after = s.after<Table>();
  if (std::ranges::is_permutation(before->inherits, after->inherits)) return kSilent;
  return fires("Queries of the parents see other rows.");
}

}  // namespace schemadiff::engine::rules
