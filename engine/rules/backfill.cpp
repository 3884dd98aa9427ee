// Rows that are all written again.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict backfill(const Subject& s) {
  if (s.operation.op != Op::Backfill) return kSilent;
  return fires(
      "The rows" + s.figures() +
          " are written in batches: the table's triggers fire for them, and it grows until "
          "it is vacuumed.",
      Risk::Medium);
}

}  // namespace schemadiff::engine::rules
