// The table of risk rules, and their judgement of a whole plan.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/operation.h"

namespace schemadiff::engine {

struct RuleInfo {
  std::string_view id;  // "drop-table"
  Risk risk;            // where the rule does not grade by itself
};

// All rules, sorted by id.
std::span<const RuleInfo> all_rules();

// Fills the rules of each operation that has statements: in the order of the table, with the risks
// that the options set instead of the rules' own, and with the silencings marked.
void assess(std::vector<Operation>& operations, const Context& context);

}  // namespace schemadiff::engine
