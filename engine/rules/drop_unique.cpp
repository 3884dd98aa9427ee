// Duplicates that are let in.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_unique(const Subject& s) {
  constexpr const char* kDuplicates =
      "Upserts with ON CONFLICT on these columns fail, and duplicates are accepted.";
  if (s.drops_for_good(Kind::Index) && s.before<Index>()->unique) return fires(kDuplicates);
  if (!s.drops(Kind::Constraint)) return kSilent;
  const Constraint& before = *s.before<Constraint>();
  const char type = before.contype;
  if (type == 'c' || type == 'f' || (type == 'p' && !s.replaced())) return kSilent;
  const Constraint* after = s.after<Constraint>();
  const bool as_good = after && after->columns == before.columns &&
                       after->elements == before.elements && !after->deferrable;
  if (as_good) return kSilent;
  if (type == 'x') return fires("Rows that the constraint kept apart are accepted together.");
  return fires(kDuplicates);
}

}  // namespace schemadiff::engine::rules
