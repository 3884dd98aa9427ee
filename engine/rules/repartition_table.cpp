// A table that is exchanged for its copy.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

Verdict repartition_table(const Subject& s) {
  if (s.operation.op != Op::RenameTable || !s.replaced()) return kSilent;
  return fires("Another table takes the name" + s.figures() +
               ": rows outside of its partitions are refused, and upserts that rely on the old "
               "key's columns fail.");
}

}  // namespace schemadiff::engine::rules
