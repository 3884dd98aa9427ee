// What a plan, a check or a lint run found, one by one, for the formats that machines annotate code
// with.
#pragma once

#include <string>
#include <vector>

#include "cli/report/report.h"

namespace schemadiff::cli {

enum class Level : unsigned char { Note, Warning, Error };

struct Finding {
  std::string rule;  // "drop-column"
  Level level{};
  std::string object;         // to people: "column public.orders.total"
  std::string message;        // sentences
  std::string silenced = {};  // the reason for which it does not count; empty: it counts
  std::string file = {};  // relative to the working directory where it is below it; empty: nowhere
  unsigned line = 0, column = 0;
};

struct Findings {
  std::string command;  // "plan" "check" "lint"
  std::string verdict;  // one sentence
  std::vector<Finding> list;
  std::vector<std::string> passed;  // what was looked at and is without a finding, to people
  std::string file = {};            // where findings without a place belong; empty: nowhere
};

Findings findings_of(const PlanReport& report);
Findings findings_of(const CheckReport& report);

// Where the files of the source say something of the object, of its table where they say nothing.
void place(Finding& finding, const schema::ObjectId& id, const Source& source);

// "schema.sql:3:1"; empty: it has no place.
std::string place_of(const Finding& finding);

Level level_of(engine::Risk risk);

// In the format that the options name; text for those that are of plans alone.
std::string findings_report(const Findings& findings, const Options& options);

std::string findings_text(const Findings& findings, const Terminal& terminal);
std::string findings_json(const Findings& findings);
std::string findings_markdown(const Findings& findings);
std::string findings_html(const Findings& findings);
// SARIF 2.1.0.
std::string sarif(const Findings& findings);
// A test case for each finding and for what passed; what is an error and counts has failed.
std::string junit(const Findings& findings);
// Workflow commands of GitHub Actions.
std::string github(const Findings& findings);

}  // namespace schemadiff::cli
