// rollback: the last migration is undone, step by step, as each has recorded.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "cli/applying.h"
#include "cli/commands/commands.h"
#include "cli/comparison.h"
#include "cli/last_state.h"
#include "cli/report/report.h"
#include "cli/report/terminal.h"
#include "engine/apply/leftovers.h"
#include "engine/apply/stop.h"
#include "engine/verify.h"
#include "schema/error.h"
#include "schema/fingerprint.h"

namespace schemadiff::cli {
namespace {

using engine::Migration;
using engine::Session;
using engine::StepRow;

// A step that was cut short outside of a transaction may have been done all the same.
void settle_cut_short(Session& session, Migration& migration) {
  engine::Journal journal(session, migration.id);
  for (StepRow& row : migration.steps) {
    const bool begun = row.state == "running" || row.state == "failed";
    if (!begun || row.in_transaction || row.statements.empty()) continue;
    if (!engine::is_done_already(session, row.statements.front())) continue;
    journal.finished(row.position, "done", row.retries, row.rows);
    row.state = "done";
  }
}

// The last first.
std::vector<StepRow> steps_to_undo(const Migration& migration, engine::Phase first) {
  std::vector<StepRow> steps;
  for (auto row = migration.steps.rbegin(); row != migration.steps.rend(); ++row)
    if ((row->state == "done" || row->state == "undoing") && row->phase >= first)
      steps.push_back(*row);
  return steps;
}

void refuse_changed(const Target& target, const Options& options, const Migration& migration,
                    const std::vector<StepRow>& steps) {
  if (!migration.has_digests || options.apply.force) return;
  const std::vector<std::string> changed =
      changed_since(digests_now(target, options, migration), steps);
  if (!changed.empty())
    throw Error(fmt::format("changed since they were applied: {}", fmt::join(changed, ", ")),
                "look at them (schemadiff check); --force rolls back all the same, or plan the way "
                "back from what is there now");
}

// Statements that follow each other in one transaction, or one that runs alone.
void add_units(const StepRow& row, bool joins, std::vector<engine::Unit>& units) {
  engine::Task task{row.position, row.id, row.title, {}, {}, row.state == "undoing", false, {}};
  task.phase = row.phase;
  const auto add = [&](bool in_transaction) {
    if (!joins || !in_transaction || units.empty() || !units.back().in_transaction)
      units.push_back({{}, in_transaction});
    units.back().tasks.push_back(task);
    task.statements.clear();
    joins = false;
  };
  const auto first =
      row.undo.begin() + std::min<std::ptrdiff_t>(row.undo_done, std::ssize(row.undo));
  for (auto statement = first; statement != row.undo.end(); ++statement) {
    const bool alone = engine::runs_alone(*statement);
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

std::vector<engine::Unit> units_of(const std::vector<StepRow>& steps) {
  std::vector<engine::Unit> units;
  const StepRow* before = nullptr;
  for (const StepRow& row : steps) {
    if (!row.reversible && row.undo.empty()) continue;
    add_units(row, before && before->plan == row.plan && before->transaction == row.transaction,
              units);
    before = &row;
  }
  return units;
}

// "the 1,200 rows of public.t" for statements that take data along; empty: none, or not to be told.
std::string rows_lost(Session& session, const std::string& statement) {
  constexpr std::string_view kTable = "DROP TABLE ", kAlter = "ALTER TABLE ",
                             kColumn = " DROP COLUMN ";
  std::string query, what;
  if (statement.starts_with(kTable)) {
    what = statement.substr(kTable.size());
    query = "SELECT count(*) FROM " + what;
  } else if (const std::size_t at = statement.find(kColumn);
             statement.starts_with(kAlter) && at != std::string::npos) {
    const std::string table = statement.substr(kAlter.size(), at - kAlter.size());
    const std::string column = statement.substr(at + kColumn.size());
    what = "column " + column + " of " + table;
    query = "SELECT count(" + column + ") FROM " + table;
  } else {
    return {};
  }
  try {
    session.execute("SET statement_timeout = '5s'");
    auto rows = session.execute(query);
    rows.next();
    const std::int64_t count = rows.integer();
    session.execute("SET statement_timeout = 0");
    return count == 0
               ? std::string()
               : fmt::format("{} of {}", counted(static_cast<std::size_t>(count), "value"), what);
  } catch (const schema::introspection::StatementError&) {
    session.execute("SET statement_timeout = 0");
    return "what is in " + what + " (not counted: it takes long)";
  }
}

std::string first_lines(const std::string& statement) {
  constexpr int kLines = 3;
  std::size_t end = 0;
  for (int i = 0; i < kLines && end != std::string::npos; ++i)
    end = statement.find('\n', end == 0 ? 0 : end + 1);
  return end == std::string::npos ? statement : statement.substr(0, end) + "\n…";
}

std::string shown(Session& session, const Migration& migration, const std::vector<StepRow>& steps,
                  const Target& target, const Terminal& terminal) {
  std::string text =
      fmt::format("rollback of #{} {} on {}\n", migration.id, migration.name, target.description);
  std::string not_back;
  const auto note_not_back = [&](const StepRow& row, const std::string& what) {
    not_back += "  " + wrap(row.id + "  " + what, terminal.width, 8, 2);
  };
  for (const StepRow& row : steps) {
    const bool stays = !row.reversible && row.undo.empty();
    text += "\n" + row.id + "  " + paint(row.title, Style::Bold, terminal) + "\n";
    for (const std::string& statement : row.undo)
      text += prefix_lines(first_lines(statement + ";"), "         ");
    if (stays || !row.undo_note.empty())
      text += "       " + wrap((stays ? "stays: " : "") + row.undo_note, terminal.width, 7, 7);
    if (stays || !row.undo_note.empty()) note_not_back(row, row.title + ": " + row.undo_note);
    for (const std::string& statement : row.undo)
      if (const std::string lost = rows_lost(session, statement); !lost.empty()) {
        text += "       " + paint("lost: " + lost, Style::Red, terminal) + "\n";
        note_not_back(row, lost);
      }
  }
  if (!not_back.empty()) text += "\nWhat does not come back:\n" + not_back;
  return text + "\n";
}

// Whether all that was done is undone.
bool is_all_undone(const Migration& migration) {
  return std::none_of(migration.steps.begin(), migration.steps.end(), [](const StepRow& row) {
    return row.state == "done" || row.state == "undoing";
  });
}

Outcome undo(const Options& options, const Target& target, Session& session,
             const Migration& migration, const std::vector<StepRow>& steps, Progress& progress) {
  engine::Journal journal(session, migration.id);
  journal.state("rolling back");
  journal.forget_cursors();
  engine::audit(session, "rollback", migration.id, migration.plan, "begun");
  std::vector<std::string> kept;
  for (const StepRow& row : steps) {
    if (row.reversible || !row.undo.empty()) continue;
    journal.finished(row.position, "kept", 0, row.rows);
    kept.push_back(row.id);
  }
  double seconds = 0;
  try {
    seconds = run_units(
        session, journal,
        {"rollback", migration.name, migration.plan, units_of(steps), engine::Direction::Back},
        options, target, execution(options.apply, target), progress);
  } catch (const engine::Interrupted&) {
    throw;
  } catch (const Error& error) {
    if (kept.empty()) throw;
    throw Error(error.message, kept.back() +
                                   " has no way back, and the steps before it may rest on it: "
                                   "plan the way from what is there now to the old schema");
  }
  const Migration after = *engine::last_migration(session);
  const bool all = is_all_undone(after);
  if (!all) journal.digests(digests_now(target, options, after), after.steps);
  journal.state(all ? "rolled back" : "paused");
  const std::string unrecorded =
      remember_state(session, options, target.src, "rolled back", migration.name, false);
  engine::audit(session, "rollback", migration.id, migration.plan, all ? "rolled back" : "paused");
  return {fmt::format("Rolled back {} of #{} {} in {} on {}.{}\n",
                      counted(steps.size() - kept.size(), "step"), migration.id, migration.name,
                      duration(seconds), target.description,
                      kept.empty() ? "" : fmt::format(" What stays: {}.", fmt::join(kept, ", "))),
          kDone, unrecorded.empty() ? std::vector<std::string>() : std::vector{unrecorded}};
}

}  // namespace

Outcome rollback(const Options& options) {
  const engine::Phase first = phase_of(options.apply.phase, engine::Phase::Expand);
  const Target target = target_of(options);
  Progress progress(options.color);
  Session session = open_target(target, progress);
  std::optional<Migration> last;
  if (engine::has_journal(session)) last = engine::last_migration(session);
  if (!last) return {"Nothing to roll back: no migration is recorded.\n", kDone, {}};
  engine::prepare_session(session, execution(options.apply, target));
  settle_cut_short(session, *last);
  const std::vector<StepRow> steps = steps_to_undo(*last, first);
  if (steps.empty() && !options.apply.phase.empty())
    return {"Nothing to roll back: no step of that phase was done.\n", kDone, {}};
  refuse_changed(target, options, *last, steps);
  if (!options.apply.quiet)
    std::cerr << shown(
        session, *last, steps, target,
        {standard_output(options.color, false).width, standard_error_color(options.color)});
  if (!last->has_digests && !steps.empty())
    progress.note(
        "the migration was cut short: whether its objects have changed since is not known");
  if (!confirmed(options, target,
                 fmt::format("Undo {} on {}?", counted(steps.size(), "step"), target.description)))
    return {"Nothing was done.\n", kPending, {}};
  return undo(options, target, session, *last, steps, progress);
}

}  // namespace schemadiff::cli
