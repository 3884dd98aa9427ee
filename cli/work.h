// A plan that is to run on a database: which of its steps, and whether they may.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "engine/apply/execute.h"
#include "engine/apply/journal.h"

namespace schemadiff::cli {

struct Work {
  engine::Plan plan;
  engine::NewMigration record;
  std::optional<engine::Migration> unfinished;
  std::size_t end = 0;  // how many steps may run now
};

// The row of the step of a plan; null: there is none.
const engine::StepRow* row_of(const engine::Migration* migration, const std::string& digest,
                              const std::string& step);

// How many steps --phase and --until let run. Transactions are not cut. Throws Error for a step
// that is not in the plan.
std::size_t end_of(const engine::Plan& plan, const ApplyOptions& options);

// Those that no earlier run of the same plan has done.
std::vector<const engine::Step*> steps_to_run(const Work& work);

// The same, as they run together; their rows are in `migration`.
std::vector<engine::Unit> units_of(const Work& work, const engine::Migration& migration);

// Which steps of high risk `allowed` (rules, or "all") does not let run, and how to allow them;
// empty: none.
std::string refusal(const Work& work, const std::vector<std::string>& allowed);
engine::Risk highest_risk(const Work& work);  // of what will run
bool has_high_risk(const Work& work);

// "202701311200_column_public_orders_note_and_5_more"
std::string made_up_name(const engine::Plan& plan);
// "202701311200_add_notes" of "Add notes"
std::string file_stem(const std::string& name);

}  // namespace schemadiff::cli
