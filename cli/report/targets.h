// A check of many databases as people and programs read it.
#pragma once

#include <string>
#include <vector>

#include "cli/report/findings.h"

namespace schemadiff::cli {

enum class TargetState : unsigned char { Same, Differs, Failed };

struct TargetResult {
  std::string name;  // as the user names it
  TargetState state{};
  std::string verdict;  // a sentence; what went wrong, where it failed
  std::size_t differences = 0;
  double seconds = 0;
  std::string body;  // the differences in the format of the report; empty: none
  Findings findings = {};
};

struct TargetsReport {
  std::string files;  // what they were held against
  std::vector<TargetResult> results;
};

std::size_t count_of(const TargetsReport& report, TargetState state);

// "3 targets held against schema/: 1 is the same, 1 differs, 1 could not be checked."
std::string verdict(const TargetsReport& report);

std::string targets_text(const TargetsReport& report, const Terminal& terminal);
std::string targets_json(const TargetsReport& report);
std::string targets_markdown(const TargetsReport& report);
std::string targets_html(const TargetsReport& report);
// For the formats that point at places of files.
Findings findings_of(const TargetsReport& report);

}  // namespace schemadiff::cli
