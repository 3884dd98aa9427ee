// explain: what a rule warns of.
#include "cli/commands/commands.h"
#include "cli/report/report.h"
#include "cli/rule_names.h"
#include "engine/lint/lint.h"
#include "engine/rules/rules.h"

namespace schemadiff::cli {

Outcome explain(const Options& options) {
  const Terminal terminal = standard_output(options.color, !options.output.empty());
  if (options.rule.empty()) return {rules_text(terminal), kDone, {}};
  for (const engine::RuleInfo& rule : engine::all_rules())
    if (rule.id == options.rule) return {rule_text(rule, terminal), kDone, {}};
  for (const engine::LintRuleInfo& rule : engine::all_lint_rules())
    if (rule.id == options.rule) return {rule_text(rule, terminal), kDone, {}};
  throw *unknown_rule(options.rule, RuleNames::OfRiskAndLint);
}

}  // namespace schemadiff::cli
