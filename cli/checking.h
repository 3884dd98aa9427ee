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

// What fingerprints tell, as findings of a check.
Findings findings_of(const QuickAnswer& answer, const Sides& sides);

}  // namespace schemadiff::cli
