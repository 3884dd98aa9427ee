// Whether PostgreSQL agrees with the plans between two schemas.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/cluster.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {

// What a database holds, a statement or a fact each.
using Dump = std::vector<std::string>;

// Where databases are made, how it is told what they hold, and SQL that makes such a one again.
struct Ground {
  const Cluster& cluster;
  Dump (*dump)(const Cluster&, const std::string& database);
  std::string (*script)(const Cluster&, const std::string& database);
};

// The shared cluster, and pg_dump.
const Ground& shared_ground();

// A server of any version: pg_dump reads none that is newer than itself, so the system catalogs are
// asked, by a query that knows nothing of the tool's (system_catalogs.sql). The script is the
// tool's own.
Ground other_ground(const Cluster& cluster);

// What the ground's script of the database makes. Throws when PostgreSQL refuses it.
Dump restored(const std::string& database, const Ground& ground);

// Fills a fresh database with the file and returns its dump. Throws when PostgreSQL refuses.
Dump build(const std::string& database, const std::filesystem::path& file,
           const Ground& ground = shared_ground());

// One way between two schemas: the database that stands at the start and the file that made it, and
// the goal as a source of a plan.
struct Leg {
  std::string database;
  Dump start;
  Dump goal;
  std::filesystem::path start_file;
  std::string goal_source;
  bool both_sizes = true;  // false: only as if the tables were large
};

struct Verdict {
  std::vector<std::string> failures;  // "apply: ERROR: …"
  std::vector<std::string> notes;     // steps without undo
};

// Runs the plan on the leg's database and the undo after it.
Verdict judge(const Leg& leg, const Ground& ground = shared_ground());
// On the shared ground, told as findings on the subject.
void judge(const std::string& subject, const Leg& leg, Findings& findings);

// No statement makes a column inherited only, or marks a partitioned table UNLOGGED: whether a plan
// says so, and leads no further, there or back.
bool owns_up(const Result& plan);

// A plan between two sources of the same schema is empty; otherwise what it holds.
std::optional<std::string> noise(const std::string& from, const std::string& to);

}  // namespace schemadiff::testing
