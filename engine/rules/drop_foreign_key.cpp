// Rows that may refer to nothing.
#include "engine/rules/rule.h"
#include "schema/quote.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_foreign_key(const Subject& s) {
  if (!s.drops_for_good(Kind::Constraint) || s.before<Constraint>()->contype != 'f') return kSilent;
  const Constraint& key = *s.before<Constraint>();
  if (!s.context.to.table(key.referenced_table)) return kSilent;
  const std::string table = quote_qualified(*key.referenced_table);
  if (key.on_delete == 'c' || key.on_delete == 'n' || key.on_delete == 'd')
    return fires("Rows that refer to nothing are accepted, and deletes from " + table +
                     " leave the rows here as they are.",
                 Risk::Medium);
  return fires("Rows that refer to nothing in " + table + " are accepted from now on.");
}

}  // namespace schemadiff::engine::rules
