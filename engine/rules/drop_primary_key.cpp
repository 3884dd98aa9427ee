// A table without its primary key.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_primary_key(const Subject& s) {
  if (!s.drops_for_good(Kind::Constraint) || s.before<Constraint>()->contype != 'p') return kSilent;
  return fires("Upserts, replication and tools that rely on the key stop working.");
}

}  // namespace schemadiff::engine::rules
