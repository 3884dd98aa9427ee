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

Findings findings_of(const QuickAnswer& answer, const Sides& sides) {
  Findings findings{"check", {}, {}, {}, {}};
  const std::string since = in_words(answer.state);
  const auto add = [&](bool changed, const std::string& rule, const std::string& what,
                       const std::string& message) {
    if (changed)
      findings.list.push_back({rule, Level::Error, what, message + " since " + since + "."});
    else
      findings.passed.push_back(what);
  };
  add(answer.database_changed, "database-changed", sides.from.description,
      "Changed by hand in the database");
  add(answer.files_changed, "files-changed", sides.to.description,
      "The files are ahead: changed there");
  findings.verdict =
      findings.list.empty()
          ? "No difference: the fingerprints of " + sides.from.description + " and " +
                sides.to.description + " are those of when " + since + "."
          : "The fingerprints have changed: schemadiff check without --quick says what differs.";
  return findings;
}

}  // namespace schemadiff::cli
