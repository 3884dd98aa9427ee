// A trigger that every partition gets.
#include "engine/lower/lower.h"
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict trigger_on_partitions(const Subject& s) {
  if (!s.makes(Kind::Trigger) || !s.after<Trigger>()->for_each_row || s.on_new_table() ||
      !is_partitioned(s.context.to, s.table()))
    return kSilent;
  return fires("The trigger is made on every partition: writes to all of them wait for the locks.");
}

}  // namespace schemadiff::engine::rules
