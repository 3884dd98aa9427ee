// lint: what a schema, or a migration that somebody wrote, should not have.
#include "engine/lint/lint.h"

#include <algorithm>

#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/config.h"
#include "cli/fix.h"
#include "cli/migration.h"
#include "cli/report/findings.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

bool counts(const Finding& finding) {
  return finding.silenced.empty() && finding.level != Level::Note;
}

void sort_by_place(std::vector<Finding>& list) {
  std::stable_sort(list.begin(), list.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
  });
}

Findings findings_of_schema(const Options& options, std::vector<std::string>& notes) {
  const Config config = read_config(options.config);
  Source source = load_schema(options);
  engine::LintOptions how = config.lint;
  how.silences = silences_of(config, notes);
  if (options.fix) {
    const std::vector<std::string> done = fix(source, engine::lint(source.catalog, how));
    notes.insert(notes.end(), done.begin(), done.end());
    if (!done.empty()) source = load_schema(options);
  }
  Findings findings{"lint", {}, {}, {}};
  for (const engine::LintFinding& found : engine::lint(source.catalog, how)) {
    // Notes, warnings and errors; what is off finds nothing.
    Finding finding{found.rule, static_cast<Level>(static_cast<int>(found.level) - 1),
                    describe(found.object), found.message, found.silenced};
    place(finding, found.object, source);
    findings.list.push_back(std::move(finding));
  }
  sort_by_place(findings.list);
  for (const engine::LintRuleInfo& rule : engine::all_lint_rules())
    if (!rule.of_statements && std::none_of(findings.list.begin(), findings.list.end(),
                                            [&](const Finding& f) { return f.rule == rule.id; }))
      findings.passed.emplace_back(rule.id);
  findings.verdict = source.description;
  return findings;
}

// The risk rules on what the statements change.
Findings findings_of_migration(const Options& options) {
  const Comparison sides = load_migration(options);
  const engine::Plan plan = plan_of(sides);
  Findings findings = findings_of(PlanReport{plan, sides});
  std::erase_if(findings.list, [](const Finding& finding) { return is_of_plans(finding.rule); });
  // Steps are of the plan, which nobody sees here.
  for (Finding& finding : findings.list)
    finding.message.erase(std::min(finding.message.rfind(" (step "), finding.message.size()));
  for (Finding& finding : findings_of_statements(sides, read_config(options.config).lint))
    findings.list.push_back(std::move(finding));
  sort_by_place(findings.list);
  findings.command = "lint";
  findings.file = sides.to.catalog.files.back();
  findings.verdict = sides.to.description;
  return findings;
}

}  // namespace

Outcome lint(const Options& options) {
  if (options.fix && !options.from.empty())
    throw Error("--fix is for a schema, not for a migration");
  std::vector<std::string> notes;
  Findings findings =
      options.from.empty() ? findings_of_schema(options, notes) : findings_of_migration(options);
  const auto count = [&](Level level) {
    return static_cast<std::size_t>(
        std::count_if(findings.list.begin(), findings.list.end(),
                      [&](const Finding& f) { return f.silenced.empty() && f.level == level; }));
  };
  findings.verdict += ": " + counted(count(Level::Error), "error") + ", " +
                      counted(count(Level::Warning), "warning") + ", " +
                      counted(count(Level::Note), "note") + ".";
  const bool found = std::any_of(findings.list.begin(), findings.list.end(), counts);
  return {findings_report(findings, options), found ? kPending : kDone, notes};
}

}  // namespace schemadiff::cli
