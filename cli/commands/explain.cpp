// explain: what a rule warns of.
#include "cli/commands/commands.h"
#include "cli/nearest.h"
#include "cli/report/report.h"
#include "engine/rules/rules.h"
#include "schema/error.h"

namespace schemadiff::cli {

Outcome explain(const Options& options) {
  const Terminal terminal = standard_output(options.color, !options.output.empty());
  if (options.rule.empty()) return {rules_text(terminal), kDone, {}};
  std::vector<std::string> known;
  for (const engine::RuleInfo& rule : engine::all_rules()) {
    if (rule.id == options.rule) return {rule_text(rule, terminal), kDone, {}};
    known.emplace_back(rule.id);
  }
  throw Error("there is no rule \"" + options.rule + "\"",
              did_you_mean(options.rule, known, "schemadiff explain lists the rules"));
}

}  // namespace schemadiff::cli
