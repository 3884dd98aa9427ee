// What a team refuses, whatever a plan says, and which drift it lives with: [policy] of
// schemadiff.toml.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/plan.h"

namespace schemadiff::cli {

struct AllowedDrift {
  std::string objects;  // a pattern (* ?) for schema.name; that of the table for what stands on one
  std::string attribute;  // "comment"; empty: all, and that the object is missing or extra
  std::string reason;
  std::string until;  // "2027-01-31", the last day; empty: without end
};

struct Policy {
  std::optional<engine::Risk> highest_risk;  // none: any
  std::vector<std::string> forbidden;        // rules
  std::vector<AllowedDrift> allowed_drift;
};

// Why the plan is refused, a sentence each; silenced findings do not count. Empty: it is not.
std::vector<std::string> refusals(const engine::Plan& plan, const Policy& policy);

// The reason for which the difference is lived with; empty: it is drift.
std::string allowed(const diff::Change& change, const Policy& policy);

}  // namespace schemadiff::cli
