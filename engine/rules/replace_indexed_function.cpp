// A function on whose results an index or a constraint rests.
#include "engine/lower/lower.h"
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict replace_indexed_function(const Subject& s) {
  if (s.operation.role != Role::Alter || !s.alters(Kind::Routine)) return kSilent;
  if (!s.alters(Kind::Routine, "body") && !s.alters(Kind::Routine, "SQL body")) return kSilent;
  const auto users = s.context.users_of_routine.find(s.operation.object);
  if (users == s.context.users_of_routine.end()) return kSilent;
  const Object* checked = nullptr;
  for (const Object* user : users->second) {
    if (!s.context.from.find(user->id)) continue;
    if (user->id.kind == Kind::Index)
      return fires(describe(user->id) +
                   " holds results of the old body: searches miss rows until it is built anew.");
    checked = user;
  }
  if (!checked) return kSilent;
  return fires("Rows that are there were accepted by the old body of " + describe(checked->id) +
                   ", and are not checked again.",
               Risk::Medium);
}

}  // namespace schemadiff::engine::rules
