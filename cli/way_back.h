// A migration's way back: which steps it has, in which transactions, and what is lost on it.
#pragma once

#include <string>
#include <vector>

#include "engine/apply/execute.h"
#include "engine/apply/journal.h"

namespace schemadiff::cli {

// What was done from this phase on; the last step first.
std::vector<engine::StepRow> steps_to_undo(const engine::Migration& migration, engine::Phase first);

// Whether the step has no way back.
bool stays(const engine::StepRow& row);

// The undo of the steps as it runs: what followed each other in one transaction does so again.
std::vector<engine::Unit> units_of_way_back(const std::vector<engine::StepRow>& steps);

// The same as steps whose statements are the undo, for a look at what they would meet.
std::vector<engine::Step> steps_of_way_back(const std::vector<engine::StepRow>& steps);

// What does not come back with the undo of the step, or goes with it: "The table comes back without
// its rows.", "120 rows of public.t". Counts rows, each table for a few seconds at most.
std::vector<std::string> losses_of(engine::Session& session, const engine::StepRow& row);

// Rows that the undo of a step would fail for, or change.
struct InTheWay {
  std::string what;   // "3 rows are NULL in the column"
  std::string query;  // that counts them
};

// What was written since the step that its undo cannot put back, where it is counted in a few
// seconds.
std::vector<InTheWay> in_the_way_of(engine::Session& session, const engine::StepRow& row);

}  // namespace schemadiff::cli
