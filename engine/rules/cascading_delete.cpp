// Deletes that spread to rows that are there.
#include <algorithm>

#include "engine/rules/rule.h"
#include "schema/quote.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict cascading_delete(const Subject& s) {
  if (!s.makes(Kind::Constraint) || s.on_new_table()) return kSilent;
  const Constraint& key = *s.after<Constraint>();
  if (key.contype != 'f' || key.on_delete != 'c') return kSilent;
  const auto old = s.context.children.find(s.table());
  const bool cascades = old != s.context.children.end() &&
                        std::any_of(old->second.begin(), old->second.end(), [&](const Object* o) {
                          if (o->id.kind != Kind::Constraint) return false;
                          const auto& other = static_cast<const Constraint&>(*o);
                          return other.on_delete == 'c' && other.columns == key.columns &&
                                 other.referenced_table == key.referenced_table;
                        });
  if (cascades) return kSilent;
  return fires("A delete from " + quote_qualified(*key.referenced_table) +
               " deletes the rows here too, however many they are" + s.figures() + ".");
}

}  // namespace schemadiff::engine::rules
