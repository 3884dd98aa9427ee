// Changes → an ordered, phased, risk-assessed plan. A plan is data: nothing here talks to a server.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "diff/change.h"
#include "engine/backfill.h"
#include "schema/facts.h"
#include "schema/renamed_table.h"

namespace schemadiff::engine {

enum class Phase : unsigned char { Expand, Migrate, Contract };
enum class Risk : unsigned char { Low, Medium, High };

std::string_view to_string(Phase phase);  // "expand" "migrate" "contract"
std::string_view to_string(Risk risk);    // "low" "medium" "high"

// A reason for a step's risk.
struct RuleHit {
  std::string rule;  // id: "drop-table"
  Risk risk{};
  std::string message;   // one sentence with its full stop
  std::string silenced;  // the reason for which it does not count; empty: it counts
};

// Rows that would make a step fail.
enum class Obstacle : unsigned char {
  Null,          // where a column shall not be NULL
  Duplicate,     // of a key that shall be unique; keys are counted
  Orphan,        // refer to nothing
  Violation,     // of a check
  Misfit,        // do not fit a narrower type
  RemovedValue,  // of an enum
};

// "nulls" "duplicates" "orphans" "violations" "misfits" "removed-values"
std::string_view to_string(Obstacle obstacle);
std::optional<Obstacle> obstacle_of(std::string_view word);

// "3 rows are NULL in the column"; `type`: which one values have to fit, "new".
std::string in_words(Obstacle obstacle, std::int64_t found, std::string_view type);

// What has to hold before a step can be run, or undone.
struct PreCheck {
  Obstacle counts{};
  std::vector<schema::QualifiedName> tables;  // that it reads
  std::string sql;                            // a query that returns one number, which has to be 0
  bool now = false;                           // all that it reads is there before the plan begins
  std::optional<std::int64_t> found;          // when the plan was made; none: not asked
};

// A fact of the system catalogs that a query can tell.
struct CatalogCheck {
  std::string what;  // "index public.orders_note_idx is valid"
  std::string sql;   // a condition, to stand behind SELECT
};

struct RelationLock {
  std::string relation;  // quoted, qualified
  std::string mode;      // "ACCESS EXCLUSIVE" …, as in the PostgreSQL documentation, 13.3.1
};

// What the step locks, for as long as its transaction runs, in SHARE UPDATE EXCLUSIVE or a stronger
// mode. Indexes, TOAST tables and owned sequences that are locked with their table go unnamed.
struct LockClaim {
  std::string mode;                    // the strongest; empty: no relation that existed before
  std::vector<std::string> relations;  // locked in that mode; quoted, qualified
  std::vector<RelationLock> weaker;    // what is locked in a weaker mode
  bool blocks_reads = false;
  bool blocks_writes = false;
  bool scans = false;     // reads all of the table
  bool rewrites = false;  // writes all of the table, or of an index on it, anew
};

struct Step {
  std::string id;  // "s001", by order in the plan
  Phase phase{};
  schema::ObjectId object;
  std::string title;              // the object to people
  std::vector<std::string> sql;   // statements without semicolons
  std::vector<std::string> undo;  // runs in this order; empty: nothing to do, or not reversible
  std::string undo_note;          // why undo is empty, or what it cannot bring back; may be empty
  bool undo_loses = false;        // undo_note tells what is lost on the way back
  bool reversible = true;         // false: what the step does stays, whatever is undone
  std::string why;                // one sentence
  Risk risk{};
  std::vector<RuleHit> rules;
  LockClaim lock;
  std::optional<double> seconds;  // estimate, without waiting; none: depends on what is not known
  bool in_transaction = true;     // false: has to run alone, outside a transaction block
  bool unproven = false;
  std::vector<PreCheck> pre_checks;
  std::vector<PreCheck> undo_checks;      // of undo; what was written since may stand in its way
  std::vector<CatalogCheck> post_checks;  // hold at the end of its transaction
  std::optional<Backfill> backfill;       // what sql does: it can be run in other batches
  int transaction =
      0;  // steps with the same number run in one transaction; numbered from 1 in order
  std::vector<std::size_t> after;  // indexes of earlier steps that it has to follow
  schema::Span span;               // in the `to` side's files; line 0: none
};

// A transaction from the first lock on that makes others wait.
struct Hold {
  std::vector<std::string> steps;      // their ids
  std::vector<std::string> relations;  // quoted, qualified
  std::optional<double> seconds;       // none: as long as a table takes of which nothing is known
};

struct Plan {
  std::vector<Step> steps;               // in the order of execution; phases never decrease
  std::vector<std::string> search_path;  // that the statements need; empty: names are all qualified
  std::vector<std::string> notes;        // for the reader: unmodelled items, what was left alone
  std::optional<Hold> longest_hold;      // none: nobody waits
  Risk risk{};                           // of the riskiest step; Low when there is none
};

// From where on a table is taken for large, and for busy.
struct Thresholds {
  double small_rows = 10'000;
  std::int64_t small_bytes = 16 * 1024 * 1024;
  double hot_writes_per_second = 100;
};

// What the machine does in a second.
struct Throughput {
  double scan_bytes = 200.0 * 1024 * 1024;
  double rewrite_bytes = 50.0 * 1024 * 1024;
  double index_bytes = 40.0 * 1024 * 1024;  // of the table
  double backfill_rows = 5'000;
  std::set<std::string> configured;  // the names of those that somebody has set
};

// A rule that does not count where it fires on these objects.
struct Silence {
  std::string rule;
  std::string objects;  // a pattern (* ?) for schema.name; that of the table for what stands on one
  std::string reason;
};

// As describe() of the identity, but a procedure is called so, though it is a Routine. By identity
// it is looked for in `to` first.
std::string title(const schema::Object& object);
std::string title(const schema::ObjectId& id, const schema::Catalog& from,
                  const schema::Catalog& to);

struct PlanOptions {
  diff::CompareOptions compare;
  schema::Facts facts;  // of the tables of `from`
  Thresholds thresholds;
  Throughput throughput;
  std::map<std::string, Risk> risks;  // of rules, instead of their own
  std::vector<Silence> silences;
  std::vector<schema::RenamedTable> renamed;  // in `from` they have their new names already
};

// The way from `from` to `to`, which differ by `changes` (diff::compare with options.compare). The
// same input gives the same plan.
Plan plan(const schema::Catalog& from, const schema::Catalog& to,
          const std::vector<diff::Change>& changes, const PlanOptions& options = {});

}  // namespace schemadiff::engine
