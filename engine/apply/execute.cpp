#include "engine/apply/execute.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>
#include <string_view>
#include <utility>

#include "engine/apply/leftovers.h"
#include "engine/apply/stop.h"
#include "schema/quote.h"

namespace schemadiff::engine {
namespace {

using namespace schema;
using introspection::Rows;
using introspection::StatementError;
using Clock = std::chrono::steady_clock;
using std::chrono::system_clock;

constexpr double kBetweenLooks = 1;  // seconds between two looks at standbys
constexpr double kMeasurable = 0.1;  // seconds; what is shorter tells nothing

// Tests end the process where it hurts most: "before s003", "in s003", "after s003".
void crash_point(const char* where, const Task& task) {
  const char* at = std::getenv("SCHEMADIFF_CRASH_AT");
  if (at && at == where + (' ' + task.id)) std::raise(SIGKILL);
}

// lock_not_available and deadlock_detected: the same may go well a moment later.
bool is_worth_another_try(const StatementError& error) {
  return error.sqlstate == "55P03" || error.sqlstate == "40P01";
}

std::vector<int> positions(const Unit& unit) {
  std::vector<int> result;
  for (const Task& task : unit.tasks) result.push_back(task.position);
  return result;
}

// query_canceled: by the user, or by a timeout.
bool is_cut_short(const StatementError& error) { return error.sqlstate == "57014"; }

bool builds_index(const Task& task) {
  const std::string& statement = task.statements.front();
  return statement.starts_with("CREATE ") && statement.find(" INDEX ") != std::string::npos;
}

// How a row says where its step is.
struct States {
  const char *begun, *done, *failed;
};
constexpr States kForward{"running", "done", "failed"};
constexpr States kBack{"undoing", "undone", "done"};

std::string milliseconds(double seconds) {
  return quote_literal(fmt::format("{:.0f}ms", std::max(seconds, 0.0) * 1000));
}

class Executor {
 public:
  Executor(Session& session, Journal& journal, const States& states,
           const ExecuteSettings& settings, Watcher& watcher)
      : session_(session),
        journal_(journal),
        states_(states),
        settings_(settings),
        watcher_(watcher) {}

  void run(const Unit& unit) {
    StopSignal::check();
    watcher_.begins(unit);
    began_ = Clock::now();
    failures_ = in_a_row_ = 0;
    journal_.begins(positions(unit), states_.begun);
    crash_point("before", unit.tasks.front());
    try {
      while (!is_done(unit)) {
      }
    } catch (const StatementError& error) {
      tell_failure(unit, error);
    } catch (const Interrupted&) {
      journal_.failed(positions(unit), states_.failed, "interrupted", failures_);
      watcher_.failed(unit, so_far(), "interrupted");
      throw;
    }
    crash_point("after", unit.tasks.back());
    watcher_.ended(unit, so_far());
  }

 private:
  UnitRun so_far() const { return {runs_, seconds_since(began_), failures_}; }

  // One try; false: another one is due, after a pause.
  bool is_done(const Unit& unit) {
    runs_.clear();
    try {
      if (unit.in_transaction)
        together(unit);
      else
        alone(unit.tasks.front());
      return true;
    } catch (const StatementError& error) {
      clear_away(unit);
      if (session_.is_lost() || !may_try_again(error)) throw;
      return false;
    }
  }

  bool may_try_again(const StatementError& error) {
    if (StopSignal::requested()) throw Interrupted();
    if (!is_worth_another_try(error) || in_a_row_ >= settings_.retries) return false;
    const double longest = std::min(kLongestPause, grown(kFirstPause));
    // between half and all of it, so that two that wait for each other part
    const double pause = longest * std::uniform_real_distribution<>(0.5, 1)(random_);
    ++failures_;
    ++in_a_row_;
    watcher_.retries(error.message, pause);
    StopSignal::sleep(pause);
    return true;
  }

  void together(const Unit& unit) {
    const Task& first = unit.tasks.front();
    const bool one_lock =
        unit.tasks.size() == 1 && first.statements.size() == 1 && !first.locks_several;
    session_.execute("BEGIN; SET LOCAL lock_timeout = " +
                     milliseconds(one_lock ? settings_.lock_timeout : patience()));
    bool brief = false;
    for (const Task& task : unit.tasks) {
      begin(task);
      if (task.is_brief != brief)
        session_.execute("SET LOCAL statement_timeout = " +
                         milliseconds(task.is_brief ? settings_.statement_timeout : 0));
      brief = task.is_brief;
      const auto began = Clock::now();
      for (const std::string& statement : task.statements) session_.execute(statement);
      Measured measured{task.measure, 0, seconds_since(began)};
      crash_point("in", task);
      note_end(task, 0);
      note_measured(task, measured);
    }
    for (const Task& task : unit.tasks) check(task);
    session_.execute("COMMIT");
  }

  // Twice as long with each try.
  double grown(double seconds) const { return seconds * (1 << std::min(in_a_row_, 10)); }

  // Seconds that one waits who holds locks already.
  double patience() {
    if (!deadlock_timeout_) {
      Rows rows = session_.execute(
          "SELECT setting::bigint FROM pg_catalog.pg_settings WHERE name = 'deadlock_timeout'");
      rows.next();
      deadlock_timeout_ = static_cast<double>(rows.number()) / 1000;
    }
    return std::min({settings_.lock_timeout, *deadlock_timeout_ / 2, grown(kFirstPatience)});
  }

  void begin(const Task& task) {
    running_ = &task;
    runs_.push_back({system_clock::now(), {}, 0});
  }

  void alone(const Task& task) {
    begin(task);
    std::int64_t rows = 0;
    Measured measured{task.measure, 0, 0};
    if (task.backfill) {
      const BackfillProgress done = backfill(task);
      rows = done.rows;
      measured.amount = done.rows - done.earlier;
      measured.seconds = done.writing;
    } else if (!(task.begun_before || failures_ > 0) ||
               !is_done_already(session_, task.statements.front())) {
      // It waits for other transactions by design and blocks nobody meanwhile.
      session_.execute("SET lock_timeout = 0");
      const std::unique_ptr<BuildWatch> watch = watched(task);
      const auto began = Clock::now();
      for (const std::string& statement : task.statements) session_.execute(statement);
      measured.seconds = seconds_since(began);
    }
    crash_point("in", task);
    check(task);
    note_end(task, rows);
    note_measured(task, measured);
  }

  // Whether it did take.
  void check(const Task& task) {
    if (task.post_checks.empty()) return;
    std::string values;
    for (const CatalogCheck& check : task.post_checks)
      values += fmt::format("{}({}, {})", values.empty() ? "" : ", ", quote_literal(check.what),
                            check.sql);
    Rows rows = session_.execute("SELECT string_agg(what, ', ') FROM (VALUES " + values +
                                 ") AS checks(what, ok) WHERE ok IS NOT TRUE");
    rows.next();
    if (const std::string wrong = rows.text(); !wrong.empty())
      throw StatementError(
          "what should hold now does not: " + wrong,
          "look at what else works on the database: an event trigger, another tool", {});
  }

  std::unique_ptr<BuildWatch> watched(const Task& task) {
    if (settings_.conninfo.empty() || !builds_index(task)) return nullptr;
    Rows rows = session_.execute("SELECT pg_backend_pid()");
    rows.next();
    return std::make_unique<BuildWatch>(
        settings_.conninfo, rows.number(),
        [this, &task](const BuildProgress& progress) { watcher_.builds(task, progress); });
  }

  BackfillProgress backfill(const Task& task) {
    const auto wait_as_patience_says = [&] {
      session_.execute("SET lock_timeout = " + milliseconds(patience()));
    };
    wait_as_patience_says();
    BackfillSettings batches;
    batches.pause = settings_.pause;
    batches.run = [&, wait_as_patience_says](const std::string& statement) {
      for (;;) {
        try {
          Rows rows = session_.execute(statement);
          if (std::exchange(in_a_row_, 0) > 0) wait_as_patience_says();
          return rows;
        } catch (const StatementError& error) {
          if (session_.is_lost() || !may_try_again(error)) throw;
          wait_as_patience_says();
        }
      }
    };
    batches.tell = [&](const BackfillProgress& progress) {
      crash_point("within", task);
      watcher_.progress(task, progress);
      wait_for_standbys();
    };
    return run_backfill(session_, journal_.migration(), *task.backfill, batches);
  }

  void wait_for_standbys() {
    if (seconds_since(looked_) < kBetweenLooks) return;
    bool told = false;
    for (;;) {
      looked_ = Clock::now();
      const std::string behind = standby_behind(session_, settings_.lag);
      if (behind.empty()) return;
      if (!told) watcher_.waits(behind);
      told = true;
      StopSignal::sleep(kBetweenLooks);
    }
  }

  void note_end(const Task& task, std::int64_t rows) {
    runs_.back().ended = system_clock::now();
    runs_.back().rows = rows;
    if (task.goes_on)
      journal_.undid_part(task.position, task.statements.size());
    else
      journal_.finished(task.position, states_.done, failures_, rows);
  }

  static double seconds_since(Clock::time_point time) {
    return std::chrono::duration<double>(Clock::now() - time).count();
  }

  void note_measured(const Task& task, Measured& measured) {
    if (task.measure.empty() || measured.seconds < kMeasurable) return;
    if (!task.relation.empty()) {
      Rows rows = session_.execute(fmt::format(
          "WITH RECURSIVE all_of_it(id) AS (SELECT to_regclass({})::oid UNION SELECT inhrelid FROM"
          " pg_inherits JOIN all_of_it ON inhparent = id) SELECT coalesce(sum({}), 0) FROM "
          "all_of_it",
          quote_literal(task.relation),
          task.measure == "rewrite_bytes" ? "pg_total_relation_size(id)" : "pg_table_size(id)"));
      rows.next();
      measured.amount = rows.integer();
      if (!task.statements.empty() && concurrent_index(task.statements.front()))
        measured.amount *= 2;  // it reads the table twice
    }
    if (measured.amount > 0) journal_.measured(task.position, measured);
  }

  // Nothing of a try stays, but for an index that is half built when somebody wants an end at once:
  // its drop may have to wait, and the next run does it. The error that led here counts, not one of
  // the clearing.
  void clear_away(const Unit& unit) {
    if (session_.is_lost() || (!unit.in_transaction && StopSignal::requested())) return;
    try {
      if (unit.in_transaction)
        session_.execute("ROLLBACK");
      else if (!unit.tasks.front().backfill)
        is_done_already(session_, unit.tasks.front().statements.front());
    } catch (const StatementError&) {
    }
  }

  [[noreturn]] void tell_failure(const Unit& unit, const StatementError& error) {
    const std::string steps =
        unit.tasks.size() == 1
            ? unit.tasks.front().id
            : unit.tasks.front().id + " to " + unit.tasks.back().id + ", one transaction,";
    const bool interrupted = !session_.is_lost() && StopSignal::requested();
    const std::string message = interrupted ? "interrupted" : error.message;
    watcher_.failed(unit, so_far(), message);
    if (session_.is_lost())
      throw Error("the connection was lost in " + steps + ": " + error.message,
                  "run again: what is done is known, and the rest goes on from there");
    journal_.failed(positions(unit), states_.failed, message, failures_);
    if (interrupted) throw Interrupted();
    if (is_cut_short(error) && running_->is_brief)
      throw Error(
          fmt::format("{} was cut short: {} took longer than {:g} s, while others waited for it",
                      steps, running_->id, settings_.statement_timeout),
          "nothing of it stays; look at what the server does, and run again, or with a longer "
          "--statement-timeout");
    if (is_worth_another_try(error))
      throw Error(fmt::format("{} did not get its lock in {} tries: {}", steps, in_a_row_ + 1,
                              error.message),
                  "run again when the database is less busy, or with a longer --lock-timeout");
    throw Error(steps + " failed: " + error.message, error.hint);
  }

  Session& session_;
  Journal& journal_;
  const States& states_;
  const ExecuteSettings& settings_;
  Watcher& watcher_;
  Clock::time_point began_, looked_;
  std::vector<TaskRun> runs_;               // of this try
  const Task* running_ = nullptr;           // the last that was begun
  int failures_ = 0;                        // tries of this unit that did not get their lock
  int in_a_row_ = 0;                        // of these, since its last batch
  std::optional<double> deadlock_timeout_;  // the server's, in seconds
  std::mt19937 random_{std::random_device{}()};
};

}  // namespace

void prepare_session(Session& session, const ExecuteSettings& settings) {
  std::string path;
  for (const std::string& name : settings.search_path)
    path += (path.empty() ? "" : ", ") + quote_identifier(name);
  std::string sql =
      "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;"
      "SET check_function_bodies = off; SET client_min_messages = notice; SET DateStyle = ISO;"
      "SET default_transaction_isolation = 'read committed';"
      "SET default_transaction_read_only = off; SET extra_float_digits = 3;"
      "SELECT set_config('search_path', " +
      quote_literal(path) + ", false)";
  if (session.version() >= 14)
    sql +=
        "; SET idle_session_timeout = 0;"
        "SET client_connection_check_interval = '1s'";  // a killed client's statement ends soon
  if (session.version() >= 17) sql += "; SET transaction_timeout = 0";
  session.execute(sql);
}

void execute(Session& session, Journal& journal, const std::vector<Unit>& units,
             Direction direction, const ExecuteSettings& settings, Watcher& watcher) {
  const StopSignal signals(session);
  Executor executor(session, journal, direction == Direction::Forward ? kForward : kBack, settings,
                    watcher);
  for (const Unit& unit : units) executor.run(unit);
}

}  // namespace schemadiff::engine
