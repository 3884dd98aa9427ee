// The two sides of a plan or a check, loaded, analysed and narrowed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/narrow.h"
#include "cli/options.h"
#include "cli/policy.h"
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
  Policy policy;             // without what has ended
  engine::PlanOptions plan;  // what to compare, and how to judge; facts are read by plan_of
  Probes probes;
  std::string facts;               // path of a facts file; empty: none
  std::vector<std::string> notes;  // one sentence each
  std::vector<NotCompared> not_compared;
  Narrowing narrowing;    // of both sides
  bool reversed = false;  // the sides have changed places
  // What `from` was before hints gave tables and values of it their new names, analysed; none: it
  // was as it is, or nobody asks.
  std::optional<schema::Catalog> unrenamed;
};

// Loads one side alone (dump, debug catalog); Options::from says which. Analysed and narrowed.
Source load_one(const Options& options);

// The schema that Options::to names, analysed and narrowed (lint, docs).
Source load_schema(const Options& options);

// From the schema that Options::from names to the same with the statements of the SQL file or
// directory that Options::to names. Places in the latter's files are kept, others not.
Comparison load_migration(const Options& options);

// The silences that count today; a note for each that has ended.
std::vector<engine::Silence> silences_of(const Config& config, std::vector<std::string>& notes);

// Loads both sides at the same time. With Options::reverse they change places at the end.
// Throws Error: no side said, a source that cannot be read, a desired side without any object, a
// pattern of --schema that matches nothing.
Comparison load_comparison(const Options& options);

class Shadow;

// The server that --shadow names, with its configuration; `live` is the side that is a database, if
// there is one.
Shadow shadow_of(const std::string& where, const Config& config, const Source& live);

// The database alone, as load_comparison has it on its `from` side.
Source load_live(const std::string& src, const Config& config, const Narrowing& narrowing);

// The SRC of the side that is to be changed: --from, or what the configuration has instead. Throws
// Error where neither says.
std::string from_or_default(const Options& options, const Config& config);

// The differences of the two sides.
std::vector<diff::Change> changes_of(const Comparison& sides);

// The plan from one side to the other. What is known of the data comes from the facts file, and of
// what is not in there, from the live database. Throws Error where either cannot be read.
engine::Plan plan_of(const Comparison& sides);

}  // namespace schemadiff::cli
