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
#include "cli/way_back.h"
#include "engine/apply/leftovers.h"
#include "engine/apply/stop.h"
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

void refuse_rows_in_the_way(Session& session, const Options& options,
                            const std::vector<StepRow>& steps) {
  if (options.apply.force) return;
  std::string refused, hint;
  for (const StepRow& row : steps)
    for (const InTheWay& rows : in_the_way_of(session, row)) {
      refused +=
          fmt::format("{}{} ({}): {}", refused.empty() ? "" : "; ", row.id, row.title, rows.what);
      hint += (hint.empty() ? "" : "; ") + rows.query;
    }
  if (!refused.empty())
    throw Error("the old schema does not take what was written since: " + refused,
                "nothing was done; change these rows first, which are found by: " + hint);
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
  for (const StepRow& row : steps) {
    text += "\n" + row.id + "  " + paint(row.title, Style::Bold, terminal) + "\n";
    for (const std::string& statement : row.undo)
      text += prefix_lines(first_lines(statement + ";"), "         ");
    if (stays(row) || !row.undo_note.empty())
      text += "       " + wrap((stays(row) ? "stays: " : "") + row.undo_note, terminal.width, 7, 7);
    for (const std::string& loss : losses_of(session, row)) {
      if (loss != row.undo_note)
        text += "       " + paint("lost: " + loss, Style::Red, terminal) + "\n";
      not_back +=
          "  " + wrap(row.id + "  " + (loss == row.undo_note ? row.title + ": " : "") + loss,
                      terminal.width, 8, 2);
    }
  }
  if (!not_back.empty()) text += "\nWhat does not come back, and what is lost:\n" + not_back;
  return text + "\n";
}

// Whether all that was done is undone.
bool is_all_undone(const Migration& migration) {
  return std::none_of(migration.steps.begin(), migration.steps.end(), [](const StepRow& row) {
    return row.state == "done" || row.state == "undoing";
  });
}

// The last step without a way back that was passed on the way to the one that failed; empty: none.
std::string stayed_before_failure(const Migration& migration) {
  std::string id;
  for (auto row = migration.steps.rbegin(); row != migration.steps.rend(); ++row) {
    if (!row->error.empty()) return id;
    if (row->state == "kept") id = row->id;
  }
  return {};
}

// Whether what the step made has gone with something else.
bool went_along(const StepRow& row, const schema::ObjectDigests& now) {
  return !row.object_digest.empty() && schema::digest_of(now, row.object).empty();
}

Outcome undo(const Options& options, const Target& target, Session& session,
             const Migration& migration, const std::vector<StepRow>& steps, Progress& progress) {
  engine::Journal journal(session, migration.id);
  journal.state("rolling back");
  journal.forget_cursors();
  engine::audit(session, "rollback", migration.id, migration.plan, "begun");
  std::vector<const StepRow*> kept;
  for (const StepRow& row : steps) {
    if (!stays(row)) continue;
    journal.finished(row.position, "kept", 0, row.rows);
    kept.push_back(&row);
  }
  double seconds = 0;
  try {
    seconds = run_units(session, journal,
                        {"rollback", migration.name, migration.plan, units_of_way_back(steps),
                         engine::Direction::Back, read_hooks(target.apply)},
                        options, target, execution(options.apply, target), progress);
  } catch (const engine::Interrupted&) {
    throw;
  } catch (const Error& error) {
    const std::string stayed = stayed_before_failure(*engine::last_migration(session));
    if (stayed.empty()) throw;
    throw Error(error.message, stayed +
                                   " has no way back, and the steps before it may rest on it: "
                                   "plan the way from what is there now to the old schema");
  }
  const Migration after = *engine::last_migration(session);
  const bool all = is_all_undone(after);
  schema::ObjectDigests now;
  if (!all || !kept.empty()) now = digests_now(target, options, after);
  if (!all) journal.digests(now, after.steps);
  std::vector<std::string> left;
  for (const StepRow* row : kept)
    if (!went_along(*row, now)) left.push_back(row->id);
  journal.state(all ? "rolled back" : "paused");
  const std::string unrecorded =
      remember_state(session, options, target.src, "rolled back", migration.name, false);
  engine::audit(session, "rollback", migration.id, migration.plan, all ? "rolled back" : "paused");
  return {fmt::format("Rolled back {} of #{} {} in {} on {}.{}\n",
                      counted(steps.size() - kept.size(), "step"), migration.id, migration.name,
                      duration(seconds), target.description,
                      left.empty() ? "" : fmt::format(" What stays: {}.", fmt::join(left, ", "))),
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
  engine::make_journal(session);  // of an earlier version, it lacks what is written below
  engine::prepare_session(session, execution(options.apply, target));
  settle_cut_short(session, *last);
  const std::vector<StepRow> steps = steps_to_undo(*last, first);
  if (steps.empty() && !options.apply.phase.empty())
    return {"Nothing to roll back: no step of that phase was done.\n", kDone, {}};
  refuse_changed(target, options, *last, steps);
  refuse_rows_in_the_way(session, options, steps);
  if (!options.apply.quiet)
    std::cerr << shown(
        session, *last, steps, target,
        {standard_output(options.color, false).width, standard_error_color(options.color)});
  const std::vector<engine::Step> way_back = steps_of_way_back(steps);
  std::vector<const engine::Step*> looked_at;
  for (const engine::Step& step : way_back) looked_at.push_back(&step);
  look_ahead(session, looked_at, options, target, progress);
  if (target.production)
    progress.note(target.src + " is a production target: make sure that there is a backup");
  if (!last->has_digests && !steps.empty())
    progress.note(
        "the migration was cut short: whether its objects have changed since is not known");
  if (!confirmed(options, target,
                 fmt::format("Undo {} on {}?", counted(steps.size(), "step"), target.description)))
    return {"Nothing was done.\n", kPending, {}};
  return undo(options, target, session, *last, steps, progress);
}

}  // namespace schemadiff::cli
