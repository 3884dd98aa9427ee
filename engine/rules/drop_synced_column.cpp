// The old name of a column, which only the old application knows.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_synced_column(const Subject& s) {
  if (s.operation.op != Op::DropSyncedColumn) return kSilent;
  if (s.context.retyped.contains(s.operation.change->id))
    return fires("What the old type held and the new one does not is lost.");
  return fires(
      "An application that still uses the old column fails; its values are kept in the new one.");
}

}  // namespace schemadiff::engine::rules
