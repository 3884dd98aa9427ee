#include "cli/way_back.h"

#include <algorithm>
#include <string_view>

#include "engine/undo.h"
#include "engine/verify.h"
#include "schema/quote.h"

namespace schemadiff::cli {

using engine::Migration;
using engine::Step;
using engine::StepRow;
using engine::Task;
using engine::Unit;

namespace {

bool has(std::string_view statement, std::string_view words) {
  return statement.find(words) != std::string_view::npos;
}

// Whether the statement should take a moment, whatever the size of the table: it changes catalogs,
// and reads no row.
bool is_brief(const std::string& statement) {
  if (engine::runs_alone(statement)) return false;
  for (const char* verb : {"DROP ", "COMMENT ON ", "GRANT ", "REVOKE ", "ALTER INDEX "})
    if (statement.starts_with(verb)) return true;
  if (!statement.starts_with("ALTER TABLE ")) return false;
  for (const char* action : {" DROP COLUMN ", " DROP CONSTRAINT ", " RENAME ", " DROP DEFAULT",
                             " DROP NOT NULL", " SET DEFAULT "})
    if (has(statement, action)) return true;
  return has(statement, " ADD CONSTRAINT ") && statement.ends_with(" NOT VALID");
}

// Statements that follow each other in one transaction, or one that runs alone.
void add_units(const StepRow& row, bool joins, std::vector<Unit>& units) {
  Task task{row.position, row.id, row.title, {}, {}, row.state == "undoing", false, {}};
  task.phase = row.phase;
  const auto add = [&](bool in_transaction) {
    if (!joins || !in_transaction || units.empty() || !units.back().in_transaction)
      units.push_back({{}, in_transaction});
    task.is_brief = std::all_of(task.statements.begin(), task.statements.end(), is_brief);
    units.back().tasks.push_back(task);
    task.statements.clear();
    joins = false;
  };
  const auto first =
      row.undo.begin() + std::min<std::ptrdiff_t>(row.undo_done, std::ssize(row.undo));
  for (auto statement = first; statement != row.undo.end(); ++statement) {
    const bool alone = engine::is_online(*statement);
    if (alone && !task.statements.empty()) {
      task.goes_on = true;
      add(true);
    }
    task.statements.push_back(*statement);
    task.goes_on = alone && statement + 1 != row.undo.end();
    if (alone) add(false);
  }
  const bool ended = !units.empty() && !units.back().tasks.empty() && !task.goes_on &&
                     units.back().tasks.back().position == row.position;
  if (!task.statements.empty() || !ended) {
    task.goes_on = false;
    add(true);
  }
}

}  // namespace

std::vector<StepRow> steps_to_undo(const Migration& migration, engine::Phase first) {
  std::vector<StepRow> steps;
  for (auto row = migration.steps.rbegin(); row != migration.steps.rend(); ++row)
    if ((row->state == "done" || row->state == "undoing") && row->phase >= first)
      steps.push_back(*row);
  return steps;
}

bool stays(const StepRow& row) { return !row.reversible && row.undo.empty(); }

std::vector<Unit> units_of_way_back(const std::vector<StepRow>& steps) {
  std::vector<Unit> units;
  const StepRow* before = nullptr;
  for (const StepRow& row : steps) {
    if (stays(row)) continue;
    add_units(row, before && before->plan == row.plan && before->transaction == row.transaction,
              units);
    before = &row;
  }
  return units;
}

std::vector<Step> steps_of_way_back(const std::vector<StepRow>& steps) {
  std::vector<Step> result;
  for (const StepRow& row : steps) {
    if (row.undo.empty()) continue;
    Step step;
    step.id = row.id;
    step.object = row.object;
    step.sql = row.undo;
    const schema::ObjectId& id = row.object;
    if (!id.schema.empty())
      step.lock.relations = {
          schema::quote_qualified({id.schema, id.parent.empty() ? id.name : id.parent})};
    result.push_back(std::move(step));
  }
  return result;
}

}  // namespace schemadiff::cli
