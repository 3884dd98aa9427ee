// A check of one database: what differs, and which side has moved.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/last_state.h"
#include "cli/report/findings.h"

namespace schemadiff::cli {

struct Checked {
  Comparison sides;
  std::vector<diff::Change> changes;
  std::optional<engine::State> last;
  std::vector<diff::Movement> movements;
};

// Both sides as they were read. Waits for the database no longer than until the deadline.
Checked check_sides(const Options& options, const Config& config, Sides sides,
                    schema::introspection::Deadline deadline = {});

// Refers to `checked`.
CheckReport report_of(const Checked& checked);

// A check that fingerprints alone have answered.
Findings findings_of_nothing(const engine::State& since, const std::string& database,
                             const std::string& files);

}  // namespace schemadiff::cli
