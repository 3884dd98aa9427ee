#include "cli/rule_names.h"

#include <algorithm>
#include <vector>

#include "cli/nearest.h"
#include "engine/lint/lint.h"
#include "engine/rules/rules.h"

namespace schemadiff::cli {

std::optional<Error> unknown_rule(const std::string& name, RuleNames known) {
  std::vector<std::string> names;
  for (const engine::RuleInfo& rule : engine::all_rules()) names.emplace_back(rule.id);
  if (known == RuleNames::OfRiskAndLint)
    for (const engine::LintRuleInfo& rule : engine::all_lint_rules()) names.emplace_back(rule.id);
  if (std::find(names.begin(), names.end(), name) != names.end()) return std::nullopt;
  return Error("there is no rule \"" + name + "\"",
               did_you_mean(name, names, "schemadiff explain lists the rules"));
}

}  // namespace schemadiff::cli
