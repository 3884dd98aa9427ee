// A trigger that every write runs until contract.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict sync_trigger(const Subject& s) {
  if (s.operation.op != Op::AddSyncedColumn) return kSilent;
  return fires("Every write of the table runs a trigger until contract has dropped it.");
}

}  // namespace schemadiff::engine::rules
