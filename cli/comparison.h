// The two sides of a plan or a check, loaded, analysed and narrowed.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/source.h"
#include "engine/plan.h"

namespace schemadiff::cli {

// Something that a side holds and the comparison does not see.
struct NotCompared {
  std::string side;  // "from" "to"
  schema::Unmodelled item;
};

struct Comparison {
  Source from;
  Source to;
  engine::PlanOptions plan;  // what to compare, and how to judge; facts are read by plan_of
  Probes probes;
  std::string facts;               // path of a facts file; empty: none
  std::vector<std::string> notes;  // one sentence each
  std::vector<NotCompared> not_compared;
};

// Loads one side alone (dump, debug catalog); Options::from says which. Analysed and narrowed.
Source load_one(const Options& options);

// Loads both sides at the same time. With Options::reverse they change places at the end.
// Throws Error: no side said, a source that cannot be read, a desired side without any object, a
// pattern of --schema that matches nothing.
Comparison load_comparison(const Options& options);

// The differences of the two sides.
std::vector<diff::Change> changes_of(const Comparison& sides);

// The plan from one side to the other. What is known of the data comes from the facts file, and of
// what is not in there, from the live database. Throws Error where either cannot be read.
engine::Plan plan_of(const Comparison& sides);

}  // namespace schemadiff::cli
