// What apply remembers in a database: the tables of the schema schemadiff, and what is written
// there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/plan.h"
#include "schema/fingerprint.h"
#include "schema/introspect/session.h"

namespace schemadiff::engine {

using schema::introspection::Session;

// A step of a migration, as its row has it.
struct StepRow {
  int position = 0;  // in the migration, from 1; later plans of it go on counting
  std::string plan;  // digest of the plan that the step is of
  std::string id;    // in that plan
  Phase phase{};
  std::string title;
  // "pending" "running" "done" "failed"; going back "undoing" "undone" "kept" (there is no way
  // back)
  std::string state;
  int transaction = 0;
  bool in_transaction = true;
  std::vector<std::string> statements, undo;
  int undo_done = 0;  // how many statements of undo have run: it takes more than one transaction
  std::string undo_note;
  bool undo_loses = false;
  std::vector<PreCheck> undo_checks;
  bool reversible = true;
  schema::ObjectId object;
  std::string object_digest;      // after the apply that ended with it done; empty: not known
  std::string started, finished;  // "2027-01-31T12:00:00Z"; empty: not yet
  std::int64_t rows = 0;          // that a backfill has written
  int retries = 0;
  std::string error;
};

// A way from one schema to another, however many runs and plans it takes.
struct Migration {
  std::int64_t id = 0;
  std::string name, description, author;
  std::string plan;  // digest of the plan that it follows now
  std::string
      state;  // "running" "paused" "interrupted" "failed" "applied" "rolling back" "rolled back"
  std::string tool_version;
  std::string started, applied, rolled_back;
  bool owners = true, privileges = true;  // whether object_digest counts them
  bool has_digests = false;               // whether its finished steps have them
  std::vector<StepRow> steps;             // by position
};

// Another session that applies or rolls back now.
struct Applier {
  int pid = 0;
  std::string role, since;
};

// A migration that is new, or a plan for one that goes on.
struct NewMigration {
  std::string name, description, author;
  std::string digest;       // of the plan
  std::string plan;         // as JSON
  std::string schema_text;  // the desired schema as SQL; empty: not known
  std::string tool_version;
  bool owners = true, privileges = true;
};

// The key of the advisory lock that whoever changes a database's schema holds: any number that no
// other program takes. Such locks are by database.
inline constexpr const char* kApplierLock = "7235419866452093281";

// One applier at a time for each database: held until the session ends. Waits for a moment. Throws
// Error that names the other one.
void lock_database(Session& session);
std::optional<Applier> applier(Session& session);

// Makes the tables where they are missing, and gives those of an earlier version what they lack.
// Whatever only reads can do so before. Throws Error: no permission.
void make_journal(Session& session);
bool has_journal(Session& session);

// The last migration that was not rolled back, with its steps; none: no value.
std::optional<Migration> last_migration(Session& session);
// The plan that it follows now, as JSON.
std::string plan_text(Session& session, std::int64_t migration);
// All migrations, the newest first, without their steps.
std::vector<Migration> migrations(Session& session);

// Begins a migration with the plan's steps, or lets `unfinished` go on with them: what that has not
// done and the plan does not have goes away, and it keeps its name and description unless the new
// ones say something. Returns it with its steps.
Migration begin_migration(Session& session, const NewMigration& migration, const Plan& plan,
                          const std::optional<Migration>& unfinished);

// What a step did and how long that took, the pauses of a backfill apart: later plans reckon with
// it.
struct Measured {
  std::string measure;  // a key of [throughput]
  std::int64_t amount = 0;
  double seconds = 0;
};

// Writes the state of one migration; each is a statement of its own or part of the transaction that
// is open.
class Journal {
 public:
  Journal(Session& session, std::int64_t migration) : session_(session), migration_(migration) {}

  void begins(const std::vector<int>& positions, const std::string& state);
  void finished(int position, const std::string& state, int retries, std::int64_t rows);
  void measured(int position, const Measured& measured);
  void undid_part(int position, std::size_t statements);
  void failed(const std::vector<int>& positions, const std::string& state, const std::string& error,
              int retries);
  void state(const std::string& state);  // of the migration; sets the time that belongs to it
  void digests(const schema::ObjectDigests& digests, const std::vector<StepRow>& steps);
  void forget_cursors();

  std::int64_t migration() const { return migration_; }

 private:
  Session& session_;
  std::int64_t migration_;
};

// Whether what the step does is there.
bool is_done(const StepRow& step);

// Records that the role that has logged in approves a plan, under a name that people know; once for
// each role, whatever the name. Returns the name that is written down.
std::string approve(Session& session, const std::string& digest, const std::string& name);
// The roles that have approved a plan, the first one first.
std::vector<std::string> approvers(Session& session, const std::string& digest);

// A line of the audit log, which only grows; the server writes who, when and from where. `action`:
// "apply" "rollback" "approve". `migration` 0: none.
void audit(Session& session, const std::string& action, std::int64_t migration,
           const std::string& plan, const std::string& result);

}  // namespace schemadiff::engine
