// A rewrite rule on a relation that is in use.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_rule(const Subject& s) {
  if (s.operation.object.kind != Kind::Rule || s.operation.op == Op::CommentOn) return kSilent;
  if (s.drops_for_good(Kind::Rule)) return fires("What the rule did on writes no longer happens.");
  if (s.operation.role == Role::Drop || s.on_new_table()) return kSilent;
  return fires("The rule changes what writes to an existing relation do.");
}

}  // namespace schemadiff::engine::rules
