// Judge 6, the plans: what the steps of every fixture's plan claim to lock, to read and to rewrite
// is what PostgreSQL does when they run.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "schema/quote.h"
#include "tests/judges/findings.h"
#include "tests/judges/lock_watch.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

using Json = nlohmann::json;

// Steps that claim more than is seen, and why they may.
struct UpperBound {
  const char* step;
  const char* reason;
};
constexpr UpperBound kUpperBounds[] = {
    {"extension/drop s001", "what an extension's type shares with text is not known"},
    {"lock/child_goes s004", "claims do not know that a child has left its parent before"},
    {"lock/child_goes s005", "claims do not know that a child has left its parent before"},
};

bool has_upper_bound(const std::string& step) {
  return std::any_of(std::begin(kUpperBounds), std::end(kUpperBounds),
                     [&](const UpperBound& bound) { return bound.step == step; });
}

// The claimed mode of each relation that the step names.
std::map<std::string, std::string> claimed_modes(const Json& lock) {
  std::map<std::string, std::string> modes;
  for (const Json& relation : lock.at("relations")) modes[relation] = lock.at("mode");
  if (lock.contains("weaker"))
    for (const Json& item : lock.at("weaker")) modes[item.at("relation")] = item.at("mode");
  return modes;
}

const int kWeakestClaimed = strength("SHARE UPDATE EXCLUSIVE");

struct StepJudge {
  const std::string& subject;  // "view/replaced s001"
  const Json& lock;
  const Relations& start;  // before the first step of the plan
  Findings& findings;

  void understated(const std::string& what) const {
    findings.fail(subject, "claims too little: " + what);
  }
  void overstated(const std::string& what) const {
    if (!has_upper_bound(subject)) findings.fail(subject, "claims too much: " + what);
  }
  void compare(const char* work, bool claimed, const std::set<std::string>& seen) const {
    if (!claimed && !seen.empty()) understated(std::string(work) + ' ' + *seen.begin());
    if (claimed && seen.empty()) overstated(std::string(work) + " nothing");
  }

  void judge_modes(const Seen& seen) const {
    const std::map<std::string, std::string> claimed = claimed_modes(lock);
    const auto claim_of = [&](const std::string& relation) {
      const auto found = claimed.find(relation);
      return found == claimed.end() ? std::string() : found->second;
    };
    std::set<std::string> locked;
    for (const auto& [oid, mode] : seen.locks) {
      const Relation& relation = seen.before.at(oid);
      locked.insert(relation.name);
      const std::string claim = claim_of(relation.name);
      const std::string what =
          relation.name + " is locked in " + mode + (claim.empty() ? "" : ", not in " + claim);
      // what is locked together with its table needs no name of its own
      const bool is_told = !claim.empty() || !start.contains(oid) ||
                           strength(mode) < kWeakestClaimed ||
                           strength(claim_of(relation.belongs_to)) >= strength(mode);
      if (!is_told || (!claim.empty() && strength(claim) < strength(mode))) understated(what);
      if (strength(claim) > strength(mode)) overstated(what);
    }
    for (const auto& [relation, mode] : claimed)
      if (!locked.contains(relation)) overstated(relation + " is not locked, not even in " + mode);
  }

  // What a query reads, under ACCESS SHARE, holds nobody up.
  void judge_work(const Seen& seen) const {
    compare("rewrites", lock.at("rewrites"), seen.rewritten);
    std::set<std::string> read = seen.rewritten;
    for (const Oid oid : seen.read)
      if (start.contains(oid) && strength(seen.locks.at(oid)) >= kWeakestClaimed)
        read.insert(seen.before.at(oid).name);
    compare("reads", lock.at("scans"), read);
  }
};

void judge_step(const Json& step, const StepJudge& judge, Watch& watch) {
  const std::vector<std::string> statements = step.at("statements");
  if (strength(judge.lock.at("mode")) == strength("ROW EXCLUSIVE")) {
    for (const std::string& statement : statements)
      watch.execute(statement);  // no rows, no batches
  } else if (step.at("transaction").at("in_transaction")) {
    const Seen seen = watch.in_transaction(statements);
    judge.judge_modes(seen);
    judge.judge_work(seen);
  } else {  // the judge of operations knows what these read
    for (const std::string& statement : statements)
      judge.judge_modes(watch.alone(statement, judge.lock.at("relations").at(0)));
  }
}

int number_of(const Json& step) { return step.at("transaction").at("number"); }

// What is told to hold when a transaction ends does.
void judge_post_checks(const Json& step, const std::string& fixture, Watch& watch,
                       Findings& findings) {
  if (!step.contains("post_checks")) return;
  for (const Json& check : step.at("post_checks"))
    if (!watch.holds(check.at("sql")))
      findings.fail(fixture + ' ' + step.at("id").get<std::string>(),
                    "does not hold: " + check.at("what").get<std::string>());
}

void judge_plan(const Fixture& fixture, unsigned worker, Findings& findings) {
  if (fixture.is_error()) return;
  const Json plan = Json::parse(read_file(fixture.directory / "plan.json"));
  if (plan.at("steps").empty()) return;
  const Cluster& cluster = shared_cluster();
  const std::string database = "locks_" + std::to_string(worker);
  create_watched_database(cluster, database);
  if (const Result built = cluster.psql_file(database, fixture.from()); built.status != 0)
    throw std::runtime_error(built.err);
  std::string path;
  for (const Json& schema : plan.at("search_path"))
    path += (path.empty() ? "" : ", ") + schema::quote_identifier(schema.get<std::string>());
  Watch watch(cluster.conninfo(database), path);
  const Relations start = watch.relations();
  const Json& steps = plan.at("steps");
  std::vector<const Json*> transaction;  // that is open
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string subject = fixture.name + ' ' + steps[i].at("id").get<std::string>();
    judge_step(steps[i], {subject, steps[i].at("lock"), start, findings}, watch);
    transaction.push_back(&steps[i]);
    if (i + 1 < steps.size() && number_of(steps[i + 1]) == number_of(steps[i])) continue;
    for (const Json* step : transaction) judge_post_checks(*step, fixture.name, watch, findings);
    transaction.clear();
  }
}

}  // namespace

TEST_CASE("steps of the fixtures lock what they claim", "[locks]") {
  Findings findings;
  for_each_parallel(fixtures(), 2, findings, [&](const Fixture& fixture, unsigned worker) {
    judge_plan(fixture, worker, findings);
  });
  report(findings);
}

}  // namespace schemadiff::testing
