// Partitions that can no longer go as they please.
#include "engine/lower/lower.h"
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict foreign_key_to_partitioned(const Subject& s) {
  if (!s.makes(Kind::Constraint) || s.after<Constraint>()->contype != 'f') return kSilent;
  const QualifiedName& table = s.after<Constraint>()->referenced_table;
  if (!is_partitioned(s.context.to, table) || s.context.is_new(table)) return kSilent;
  return fires(
      "A partition of " + quote_qualified(table) +
      " can no longer be dropped at once, nor detached while rows here refer to its rows.");
}

}  // namespace schemadiff::engine::rules
