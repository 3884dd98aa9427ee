// A trigger that runs very often.
#include <fmt/format.h>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict trigger_on_hot_table(const Subject& s) {
  const bool makes = s.makes(Kind::Trigger) && s.after<Trigger>()->for_each_row && !s.replaced();
  const bool copies = s.operation.op == Op::CreateTrigger && s.operation.object.kind == Kind::Table;
  if (!makes && !copies && s.operation.op != Op::AddSyncedColumn) return kSilent;
  const auto writes = s.hot_writes();
  if (!writes) return kSilent;
  return fires(fmt::format(
      "The table takes about {:.0f} writes a second, and each row waits for the trigger.",
      *writes));
}

}  // namespace schemadiff::engine::rules
