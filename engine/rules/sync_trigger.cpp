// A trigger that every write runs while a plan is under way.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict sync_trigger(const Subject& s) {
  if (s.operation.op == Op::CreateTrigger && s.operation.object.kind == Kind::Table)
    return fires("Every write of the table" + s.figures() +
                 " runs a trigger, which writes to a second one, until they are exchanged.");
  if (s.operation.op != Op::AddSyncedColumn) return kSilent;
  return fires(s.context.retypes_online(s.operation.change->id)
                   ? "Every write of the table runs a trigger until the columns are exchanged."
                   : "Every write of the table runs a trigger until contract has dropped it.");
}

}  // namespace schemadiff::engine::rules
