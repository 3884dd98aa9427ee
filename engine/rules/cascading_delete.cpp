// Deletes that spread to rows that are there.
#include "engine/rules/rule.h"
#include "schema/quote.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict cascading_delete(const Subject& s) {
  if (!s.makes(Kind::Constraint) || s.on_new_table()) return kSilent;
  const Constraint& key = *s.after<Constraint>();
  const Constraint* before = s.before<Constraint>();
  if (key.contype != 'f' || key.on_delete != 'c' || (before && before->on_delete == 'c'))
    return kSilent;
  return fires("A delete from " + quote_qualified(*key.referenced_table) +
               " deletes the rows here too, however many they are" + s.figures() + ".");
}

}  // namespace schemadiff::engine::rules
