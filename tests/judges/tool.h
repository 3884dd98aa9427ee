// Calls of the tool under test, as the judges need them.
#pragma once

#include <string>
#include <vector>

#include "tests/support/process.h"

namespace schemadiff::testing {

// `schemadiff plan --from … --to … --format …`, in `directory`; a schema without objects is
// allowed. `facts`: a file of facts; empty: none.
Result run_plan(const std::string& from, const std::string& to, const std::string& format,
                const std::filesystem::path& directory = {},
                const std::filesystem::path& facts = {});

// `schemadiff dump`.
Result run_dump(const std::string& source);

// Exit statuses, as the manual gives them.
inline constexpr int kNothingToDo = 0;
inline constexpr int kFailed = 1;
inline constexpr int kPending = 2;
inline constexpr int kRefused = 3;

// The way back that a plan in JSON carries.
struct WayBack {
  std::string sql;  // of all steps, the last step first
  std::vector<std::string>
      missing;  // steps that say why there is no undo, or what it cannot bring back
};
WayBack way_back(const std::string& plan_json);

}  // namespace schemadiff::testing
