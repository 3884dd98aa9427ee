// debug: the values inside.
#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/report/report.h"

namespace schemadiff::cli {

Outcome debug_catalog(const Options& options) {
  return {catalog_json(load_one(options).catalog), kDone, {}};
}

Outcome debug_changes(const Options& options) {
  const Comparison sides = load_comparison(options);
  const std::vector<diff::Change> changes =
changes_of(sides);
  return {check_json({changes, sides}), kDone, {}};
}

Outcome debug_graph(const Options& options) {
  const Comparison sides = load_comparison(options);
  return {graph_dot(plan_of(sides)), kDone, {}};
}

}  // namespace schemadiff::cli
