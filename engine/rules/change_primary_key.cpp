// Another primary key.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_primary_key(const Subject& s) {
  if (!s.makes(Kind::Constraint) || !s.replaced() || s.after<Constraint>()->contype != 'p' ||
      s.before<Constraint>()->columns == s.after<Constraint>()->columns)
    return kSilent;
  return fires("Upserts, foreign keys and tools that rely on the old key's columns stop working.");
}

}  // namespace schemadiff::engine::rules
