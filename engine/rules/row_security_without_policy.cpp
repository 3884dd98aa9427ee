// Rows that nobody but the owner sees.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict row_security_without_policy(const Subject& s) {
  const bool enables =
      s.operation.op == Op::EnableRowSecurity && s.alters(Kind::Table, "row security");
  const bool drops = s.drops_for_good(Kind::Policy);
  if (!enables && !drops && !s.makes(Kind::Table)) return kSilent;
  const Table* table = s.context.to.table(s.table());
  if (!table || !table->row_security) return kSilent;
  const bool lets_in =
      std::any_of(s.on_table().begin(), s.on_table().end(), [](const Object* object) {
        return object->id.kind == Kind::Policy && static_cast<const Policy*>(object)->permissive;
      });
  if (lets_in) return kSilent;
  return fires("No policy lets rows through: all but the owner find the table empty.",
               s.on_new_table() ? Risk::Low : Risk::High);
}

}  // namespace schemadiff::engine::rules
