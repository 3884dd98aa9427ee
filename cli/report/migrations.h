// Where a database stands, and what was applied to it, as people and programs read it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/report/terminal.h"
#include "engine/apply/journal.h"

namespace schemadiff::cli {

struct StatusReport {
  std::string database;                      // description
  std::optional<engine::Migration> version;  // the last that was applied to its end
  std::optional<engine::Migration> last;     // that was not rolled back, with its steps
  std::optional<engine::Applier> applier;    // at work now
  // Objects that are not what the last migration has left; none: not asked, or not known.
  std::optional<std::vector<std::string>> drift;
};

std::string status_text(const StatusReport& report, const Terminal& terminal);
std::string status_json(const StatusReport& report);

// The newest first.
std::string history_text(const std::string& database,
                         const std::vector<engine::Migration>& migrations,
                         const Terminal& terminal);
std::string history_json(const std::string& database,
                         const std::vector<engine::Migration>& migrations);

}  // namespace schemadiff::cli
