// How statements run on a busy database: in which transactions, how long they wait for locks, and
// what is tried again.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/apply/batches.h"
#include "engine/apply/build_watch.h"
#include "engine/apply/journal.h"
#include "engine/apply/patience.h"
#include "engine/apply/replication.h"

namespace schemadiff::engine {

// A step's way there, or back.
struct Task {
  int position = 0;  // of its row
  std::string id, title;
  std::vector<std::string> statements;
  std::optional<Backfill> backfill;  // what the statement does: run in batches of ours
  bool begun_before = false;         // by a run that was cut short
  bool goes_on = false;              // in a later unit: the step's undo needs more than one
  std::string why;                   // one sentence; may be empty
  bool is_brief = false;             // others wait for it, and it should take a moment
  Phase phase{};
  std::vector<CatalogCheck> post_checks = {};
  std::string measure = {};   // what its time is reckoned by, a key of [throughput]; empty: nothing
  std::string relation = {};  // of whose size, quoted, qualified; empty: the rows that it writes
  bool locks_several = false;  // relations, as far as is known: it waits with locks in hand
};

enum class Direction : unsigned char { Forward, Back };

// What runs together in one transaction; a task that has to run alone is a unit of its own.
struct Unit {
  std::vector<Task> tasks;
  bool in_transaction = true;
};

struct ExecuteSettings {
  double lock_timeout = 2;  // seconds that a statement waits for a lock while others wait behind it
  int retries = kRetries;   // of what did not get its lock, and of deadlocks
  // Seconds after which a brief task is cut short; 0: never. What reads or writes a whole table
  // (validation, builds, batches) is not: it makes nobody wait, or has to.
  double statement_timeout = 30;
  double pause = 0;  // seconds between the batches of a backfill
  LagLimit lag;      // of standbys, for which backfills wait
  std::vector<std::string> search_path;
  std::string conninfo;  // for a look at index builds by a second connection; empty: none
};

// When a task ran, and what came of it.
struct TaskRun {
  std::chrono::system_clock::time_point began, ended;
  std::int64_t rows = 0;  // that a backfill has written
};

struct UnitRun {
  std::vector<TaskRun> tasks;  // those that ran, in order: all of a unit's, unless it has failed
  double seconds = 0;          // with all tries and waiting
  int retries = 0;
};

// Is told what happens.
class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual void begins(const Unit& unit) = 0;
  virtual void ended(const Unit& unit, const UnitRun& run) = 0;
  virtual void failed(const Unit& unit, const UnitRun& run, const std::string& why) = 0;
  virtual void retries(const std::string& why, double seconds) = 0;  // it is tried again after that
  virtual void waits(const std::string& why) = 0;                    // a backfill, between batches
  virtual void progress(const Task& task, const BackfillProgress& progress) = 0;
  // From a thread of its own.
  virtual void builds(const Task& task, const BuildProgress& progress) = 0;
};

// Settings that statements of a plan need; those of the role or database that would cut them short
// are off.
void prepare_session(Session& session, const ExecuteSettings& settings);

// Runs the units in order. What is done is written to each step's row in the transaction of its
// statements, where they have one. Throws Error for what fails, after its row says so; Interrupted
// where the user asked for it; nothing of the unit that failed stays, but the batches of a
// backfill.
void execute(Session& session, Journal& journal, const std::vector<Unit>& units,
             Direction direction, const ExecuteSettings& settings, Watcher& watcher);

}  // namespace schemadiff::engine
