// The rights of the owner, for everybody.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict security_definer_public(const Subject& s) {
  if (s.operation.object.kind != Kind::Routine) return kSilent;
  const Routine* routine = s.after<Routine>();
  const bool becomes =
      s.alters(Kind::Routine, "security definer") && s.operation.role == Role::Alter;
  if ((!s.makes(Kind::Routine) && !becomes) || !routine->security_definer ||
      routine->returns.sql == "trigger" || routine->returns.sql == "event_trigger")
    return kSilent;
  if (std::ranges::none_of(routine->acl, [](const Grant& grant) {
        return grant.grantee == "public" && grant.privilege == "EXECUTE";
      }))
    return kSilent;
  return fires("Every role may call it, and it runs with the rights of its owner.");
}

}  // namespace schemadiff::engine::rules
