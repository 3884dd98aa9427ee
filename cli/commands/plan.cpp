// plan: the way from one schema to another.
#include "engine/plan.h"

#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/report/findings.h"

namespace schemadiff::cli {

Outcome plan(const Options& options) {
  const Comparison sides = load_comparison(options);
  const engine::Plan way = plan_of(sides);
  const PlanReport report{way, sides};
  Outcome outcome;
  outcome.status = way.steps.empty()                     ? kDone
                   : refusals(way, sides.policy).empty() ? kPending
                                                         : kRefused;
  switch (options.format) {
    case Format::Text:
      outcome.result = plan_text(report, standard_output(options.color, !options.output.empty()));
      break;
    case Format::Sql:
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
