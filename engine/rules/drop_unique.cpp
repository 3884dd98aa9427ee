// Duplicates that are let in.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_unique(const Subject& s) {
  if (!s.drops(Kind::Constraint)) return kSilent;
  const char type = s.before<Constraint>()->contype;
  if (type == 'c' || type == 'f' || (type == 'p' && !s.replaced())) return kSilent;
  return fires("Upserts with ON CONFLICT on these columns fail, and duplicates are accepted.");
}

}  // namespace schemadiff::engine::rules
