// How statements run on a busy database: in which transactions, how long they wait for locks, and
// what is tried again.
#pragma once

#include <string>
#include <vector>

#include "engine/apply/batches.h"
#include "engine/apply/journal.h"

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
};

enum class Direction : unsigned char { Forward, Back };

// What runs together in one transaction; a task that has to run alone is a unit of its own.
struct Unit {
  std::vector<Task> tasks;
  bool in_transaction = true;
};

struct ExecuteSettings {
  double lock_timeout = 2;  // seconds that a statement waits for a lock while others wait behind it
  int retries = 10;         // of what did not get its lock, and of deadlocks
  double pause = 0;         // seconds between the batches of a backfill
  std::vector<std::string> search_path;
};

// Is told what happens.
class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual void begins(const Unit& unit) = 0;
  virtual void ended(const Unit& unit, double seconds) = 0;
  virtual void retries(const std::string& why, double seconds) = 0;  // it is tried again after that
  virtual void progress(const Task& task, const BackfillProgress& progress) = 0;
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
