// Another primary key.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_primary_key(const Subject& s) {
  if (!s.makes(Kind::Constraint) || !s.replaced() || s.after<Constraint>()->contype != 'p' ||
      s.before<Constraint>()->columns == s.after<Constraint>()->columns)
    return kSilent;
  std::string again;
  for (const diff::Change& change : s.context.changes)
    if (std::find(change.because.begin(), change.because.end(), s.operation.object) !=
        change.because.end())
      again += (again.empty() ? "" : ", ") + describe(change.id);
  return fires("Upserts, foreign keys and tools that rely on the old key's columns stop working" +
               (again.empty() ? "." : "; what used it is made again: " + again + '.'));
}

}  // namespace schemadiff::engine::rules
