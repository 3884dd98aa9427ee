// Rows that leave a partitioned table.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict detach_partition(const Subject& s) {
  const Op op = s.operation.op;
  if (op != Op::DetachPartition && op != Op::DetachPartitionConcurrently) return kSilent;
  return fires("Its rows" + s.figures() + " are no longer found through the partitioned table.");
}

}  // namespace schemadiff::engine::rules
