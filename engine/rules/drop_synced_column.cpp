// The old name of a column, which only the old application knows.
#include "engine/lower/column_type.h"
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_synced_column(const Subject& s) {
  if (s.operation.op != Op::DropSyncedColumn) return kSilent;
  const ObjectId& id = s.operation.change->id;
  if (s.context.retypes_online(id)) {
    const Column& before = *s.context.from.table(table_name(id))->find(id.name);
    const Column& after = *s.context.to.table(table_name(id))->find(id.name);
    return every_value_fits(*s.operation.change, before.type, after.type)
               ? fires("The values from before the exchange go; the new column has them all.")
               : fires("What the old type held and the new one does not is lost.");
  }
  return fires(
      "An application that still uses the old column fails; its values are kept in the new one.");
}

}  // namespace schemadiff::engine::rules
