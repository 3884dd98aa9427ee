// What a team refuses, whatever a plan says, and which drift it lives with: [policy] of
// schemadiff.toml, as a whole and for each environment.
#pragma once

#include <map>
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
  std::map<engine::Risk, int> approvals;  // how many people have to approve a plan of that risk
};

struct Policies {
  Policy general;
  std::map<std::string, Policy> of_targets;  // what a target has beside it, by name
};

// `general` with what one environment has of its own: its risk and its approvals count instead,
// what it forbids and what it lives with count too.
Policy merged(Policy general, const Policy& own);

// How many people have to approve a plan of that risk; what a lower risk asks for, it asks for too.
int approvals_needed(const Policy& policy, engine::Risk risk);

// "The policy asks for the approval of 2 people before it is applied." Empty: of nobody's.
std::string approvals_in_words(const engine::Plan& plan, const Policy& policy);

// Why the plan is refused, a sentence each; silenced findings do not count. Empty: it is not.
std::vector<std::string> refusals(const engine::Plan& plan, const Policy& policy);

// The reason for which the difference is lived with; empty: it is drift.
std::string allowed(const diff::Change& change, const Policy& policy);

}  // namespace schemadiff::cli
