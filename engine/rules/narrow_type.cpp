// Values that may not fit.
#include "engine/enum_values.h"
#include "engine/lower/column_type.h"
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict narrow_type(const Subject& s) {
  if (!s.operation.change) return kSilent;
  const Op op = s.operation.op;
  const ObjectId& id = s.operation.change->id;
  const bool online =
      s.context.retypes_online(id) && (op == Op::AddSyncedColumn || op == Op::Backfill);
  if (!online && (op != Op::AlterColumnTypeRewriting || !s.operation.change->because.empty()))
    return kSilent;
  if (op == Op::AddSyncedColumn)
    for (const ObjectId& cause : s.operation.change->because)
      if (!lost_values(cause, s.context).empty())
        return fires("From here on, writes of values that the type loses fail.");
  const Column& before = *s.context.from.table(table_name(id))->find(id.name);
  const Column& after = *s.context.to.table(table_name(id))->find(id.name);
  if (before.collation != after.collation ||
      classify_retype(before.type, after.type) != Retype::Narrowing)
    return kSilent;
  if (op == Op::AddSyncedColumn)
    return fires("From here on, writes of values that do not fit the new type fail.");
  return fires(std::string("Values that do not fit the new type make the step fail") +
               (s.found_none() ? "; there were none when the plan was made." : "."));
}

}  // namespace schemadiff::engine::rules
