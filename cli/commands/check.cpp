// check: is the database what its files say.
#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/report/report.h"

namespace schemadiff::cli {

Outcome check(const Options& options) {
  const Comparison sides = load_comparison(options);
  const std::vector<diff::Change> changes =
changes_of(sides);
  const CheckReport report{changes, sides};
  return {options.format == Format::Json
              ? check_json(report)
              : check_text(report, standard_output(options.color, !options.output.empty())),
          changes.empty() ? kDone : kPending,
          {}};
}

}  // namespace schemadiff::cli
