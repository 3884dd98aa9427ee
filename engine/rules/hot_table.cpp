// A lock that blocks a table with many writes.
#include <fmt/format.h>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict hot_table(const Subject& s) {
  const OpFacts& facts = facts_of(s.operation.op);
  if (!blocks_writes(facts) || s.operation.relations.empty()) return kSilent;
  const auto writes = s.hot_writes();
  if (!writes) return kSilent;
  return fires(
      fmt::format("The table takes about {:.0f} writes a second: even a short wait for the "
                  "lock holds many of them up.",
                  *writes));
}

}  // namespace schemadiff::engine::rules
