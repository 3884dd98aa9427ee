// A policy that opens or closes rows to a role.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_of_access(const Subject& s) {
  if (s.operation.object.kind != Kind::Policy || s.operation.op == Op::CommentOn) return kSilent;
  if (s.operation.role != Role::Drop && s.on_new_table()) return kSilent;
  const Policy* before = s.before<Policy>();
  const bool opens = s.drops_for_good(Kind::Policy) && !before->permissive;
  if (opens) return kSilent;  // drop-restrictive-policy says it
  return fires("The policy changes which rows a role can reach.");
}

}  // namespace schemadiff::engine::rules
