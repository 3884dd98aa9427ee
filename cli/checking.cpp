#include "cli/checking.h"

namespace schemadiff::cli {

Checked check_sides(const Options& options, const Config& config, Sides sides,
                    schema::introspection::Deadline deadline) {
  Checked checked;
  checked.sides = compare_sides(options, config, std::move(sides));
  checked.changes = changes_of(checked.sides);
  if (checked.changes.empty()) return checked;
  std::optional<LastState> last = last_state_of(checked.sides, deadline);
  if (!last) return checked;
  checked.movements =
      diff::movements(last->catalog, checked.sides.from.catalog, checked.sides.to.catalog,
                      checked.changes, checked.sides.plan.compare);
  checked.last = std::move(last->state);
  return checked;
}

CheckReport report_of(const Checked& checked) {
  return {checked.changes, checked.sides, checked.last ? &*checked.last : nullptr,
          checked.movements};
}

Findings findings_of_nothing(const engine::State& since, const std::string& database,
                             const std::string& files) {
  return {"check",
          "No difference: the fingerprints of " + database + " and " + files +
              " are those of when " + in_words(since) + ".",
          {},
          {database, files},
          {}};
}

}  // namespace schemadiff::cli
