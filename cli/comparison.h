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

class Shadow;

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
  // `from` as it is before hints give tables and values of it their new names, analysed; none: no
  // hint does.
  std::optional<schema::Catalog> unrenamed;
};

// Loads one side alone (dump, debug catalog); Options::from says which. Analysed and narrowed.
Source load_one(const Options& options);

// The schema that Options::to names, analysed and narrowed (lint, docs).
Source load_schema(const Options& options);

// From the schema that Options::from names to the same with the statements of the SQL file or
// directory that Options::to names. Places in the latter's files are kept, others not.
Comparison load_migration(const Options& options);

// What counts today for the database: the policy, and that of each target which is this database;
// what has ended becomes a note.
Policy policy_for(const std::string& conninfo, const Config& config,
                  std::vector<std::string>& notes);

// The silences that count today; a note for each that has ended.
std::vector<engine::Silence> silences_of(const Config& config, std::vector<std::string>& notes);

// What is there and what shall be, as they were read.
struct Sides {
  Source from, to;
};

// Reads both at the same time; `desired` is what Options::to names, where that was read already.
// Throws Error: no side said, a source that cannot be read.
Sides load_sides(const Options& options, const Config& config,
                 std::optional<Texts> desired = std::nullopt);

// Analyses and narrows them. With Options::reverse they change places at the end. Throws Error: a
// desired side without any object, a pattern of --schema that matches nothing.
Comparison compare_sides(const Options& options, const Config& config, Sides sides);

// Both in one.
Comparison load_comparison(const Options& options);

// The database alone, as compare_sides has it on its `from` side.
Source load_live(const std::string& src, const Config& config, const Narrowing& narrowing);
void settle_live(Source& live, const Narrowing& narrowing);

// The SRC of the side that is to be changed: --from, or what the configuration has instead; and of
// the desired schema. Throw Error where neither says.
std::string from_or_default(const Options& options, const Config& config);
std::string to_or_default(const Options& options, const Config& config);

// --schema, --exclude and what the configuration leaves out.
Narrowing narrowing_of(const Options& options, const Config& config);

// Whether owners, or privileges, are compared: `said` is whether the desired side states any.
bool is_managed(Manage how, bool said);

// "2027-01-31", here and now.
std::string today();

// The server that --shadow names; `live` is the side that is a database, if one is. Throws Error.
Shadow shadow_of(const std::string& where, const Config& config, const Source& live);

// The differences of the two sides.
std::vector<diff::Change> changes_of(const Comparison& sides);

// What is known of the tables that the changes touch, from the facts file or, of what is not in
// there, from the live database. Throws Error where either cannot be read.
schema::Facts facts_of(const Comparison& sides, const std::vector<diff::Change>& changes);

// The plan from one side to the other. What is known of the data comes from the facts file, and of
// what is not in there, from the live database. Throws Error where either cannot be read.
engine::Plan plan_of(const Comparison& sides);

}  // namespace schemadiff::cli
