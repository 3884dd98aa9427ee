// Rows that may be duplicates.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict unique_on_existing_column(const Subject& s) {
  if (s.operation.phase != Phase::Contract) return kSilent;
  // the index of a key is built before its constraint, and not an object of the desired schema
  const bool index = s.makes(Kind::Index) && (!s.after<Index>() || s.after<Index>()->unique);
  const bool key = s.makes(Kind::Constraint) && s.operation.op == Op::AddIndexConstraint &&
                   s.after<Constraint>()->contype != 'x';
  if (!index && !key) return kSilent;
  if (s.found_none())
    return fires(
        "Writes of duplicates are refused from now on; there were none when the plan was made.");
  return fires(
      "Rows that are there may break it, and writes of duplicates are refused from now on.");
}

}  // namespace schemadiff::engine::rules
