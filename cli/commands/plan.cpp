// plan: the way from one schema to another.
#include "engine/plan.h"

#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/report/report.h"

namespace schemadiff::cli {

Outcome plan(const Options& options) {
  const Comparison sides = load_comparison(options);
  const engine::Plan way = plan_of(sides);
  const PlanReport report{way, sides};
  Outcome outcome;
  outcome.status = way.steps.empty() ? kDone : kPending;
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
  }
  return outcome;
}

}  // namespace schemadiff::cli
