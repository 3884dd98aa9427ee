// Whether PostgreSQL agrees with the plans between two schemas.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace schemadiff::testing {

using Dump = std::vector<std::string>;

// What pg_dump says of the database.
Dump dump(const std::string& database);

// Fills a fresh database with the file and returns its dump. Throws when PostgreSQL refuses.
Dump build(const std::string& database, const std::filesystem::path& file);

// One way between two schemas: the database that stands at the start and the file that made it, and
// the goal as a source of a plan.
struct Leg {
  std::string database;
  Dump start;
  Dump goal;
  std::filesystem::path start_file;
  std::string goal_source;
};

struct Verdict {
  std::vector<std::string> failures;  // "apply: ERROR: …"
  std::vector<std::string> notes;     // steps without undo
};

// Runs the plan on the leg's database and the undo after it.
Verdict judge(const Leg& leg);

// A plan between two sources of the same schema is empty; otherwise what it holds.
std::optional<std::string> noise(const std::string& from, const std::string& to);

}  // namespace schemadiff::testing
