// plan: the way from one schema to another.
#include "engine/plan.h"

#include <filesystem>

#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/config.h"
#include "cli/report/findings.h"
#include "cli/report/script.h"
#include "cli/shadow/shadow.h"
#include "cli/work.h"
#include "schema/error.h"

namespace schemadiff::cli {

namespace {

void add_scripts(const Options& options, const PlanReport& report, Outcome& outcome) {
  const std::string& name = options.apply.name;
  const std::string stem = name.empty() ? made_up_name(report.plan) : file_stem(name);
  const Scripts scripts = scripts_of(report, stem);
  if (options.output.empty())
    outcome.result = scripts.forward;
  else
    outcome.files = {{stem + ".sql", scripts.forward},
                     {stem + ".rollback.sql", scripts.back},
                     {stem + ".md", scripts.readme}};
  for (const NamedText& file : outcome.files)
    outcome.notes.push_back("written: " +
                            (std::filesystem::path(options.output) / file.name).string());
}

Proof proof_of(const engine::Plan& way, const Comparison& sides, const Options& options) {
  const Source& live = sides.from.conninfo.empty() ? sides.to : sides.from;
  const std::string where = options.shadow.empty() ? "ephemeral" : options.shadow;
  return prove_plan(way, sides, shadow_of(where, read_config(options.config), live));
}

}  // namespace

Outcome plan(const Options& options) {
  if (options.idempotent && options.format != Format::Sql)
    throw Error("--idempotent is for --format sql");
  const Comparison sides = load_comparison(options);
  const engine::Plan way = plan_of(sides);
  std::optional<Proof> proof;
  if (options.verify) proof = proof_of(way, sides, options);
  const PlanReport report{way, sides, proof ? &*proof : nullptr};
  Outcome outcome;
  outcome.status = way.steps.empty()                     ? kDone
                   : refusals(way, sides.policy).empty() ? kPending
                                                         : kRefused;
  if (proof && (proof->there.answer == Answer::No || proof->back.answer == Answer::No)) {
    outcome.status = kFailed;
    outcome.notes = in_words(*proof);
  }
  switch (options.format) {
    case Format::Text:
      outcome.result = plan_text(report, standard_output(options.color, !options.output.empty()));
      break;
    case Format::Sql:
      if (options.idempotent)
        add_scripts(options, report, outcome);
      else
        outcome.result = plan_sql(report);
      break;
    case Format::Json:
      outcome.result = plan_json(report);
      break;
    case Format::Markdown:
      outcome.result = plan_markdown(report);
      break;
    case Format::Html:
      outcome.result = plan_html(report);
      break;
    case Format::Sarif:
      outcome.result = sarif(findings_of(report));
      break;
    case Format::Junit:
      outcome.result = junit(findings_of(report));
      break;
    case Format::Github:
      outcome.result = github(findings_of(report));
      break;
  }
  return outcome;
}

}  // namespace schemadiff::cli
