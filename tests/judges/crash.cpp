// Judge 8: apply is cut short, wherever that may be, and another run finishes what it began.
#include <signal.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/judges/applied.h"
#include "tests/judges/findings.h"
#include "tests/judges/scratch.h"
#include "tests/judges/sessions.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/sql_text.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;

constexpr int kKilled = 128 + 9;
// The first at all places, the second in its steps only, the third in those that fill.
constexpr const char* kFewCases[] = {"rename/column", "scenarios/law-firm", "lookup/partitioned"};

std::vector<Fixture> cases() {
  std::vector<Fixture> chosen;
  for (const Fixture& fixture : fixtures()) {
    const bool is_short =
        std::find(std::begin(kFewCases), std::end(kFewCases), fixture.name) != std::end(kFewCases);
    if (is_short || (long_form() && !fixture.is_error() && !fixture.is_risk()))
      chosen.push_back(fixture);
  }
  return chosen;
}

const Fixture& one_case(const std::vector<Fixture>& all, const std::string& name) {
  for (const Fixture& fixture : all)
    if (fixture.name == name) return fixture;
  throw std::runtime_error("there is no fixture " + name);
}

// A place to die at.
struct Point {
  std::string name;      // "in s003"
  bool by_file = false;  // the plan is a file, made before
};

class Case {
 public:
  Case(const Fixture& fixture, Findings& findings) : fixture_(fixture), findings_(findings) {
    build_with_rows(kTemplate, fixture, 5000);
    const Result planned = plan();
    if (planned.status != kPending) return;
    scratch_.write("plan.json", planned.out);
    const nlohmann::json read = nlohmann::json::parse(planned.out);
    for (const nlohmann::json& step : read.at("steps"))
      for (const std::string where : {"before ", "in ", "within ", "after "}) {
        if (where != "in " && fixture.name != kFewCases[0] && !long_form()) continue;
        if (fixture.name == kFewCases[2] && !step.contains("backfill") && !long_form()) continue;
        const bool by_file = points_.size() % 2 == 1;
        points_.push_back({where + step.at("id").get<std::string>(), by_file});
      }
    shared_cluster().create_database(kGoal, kTemplate);
    const Result applied = apply(kGoal, fixture.to());
    if (applied.status == 0)
      goal_ = contents(kGoal);
    else
      findings.fail(fixture.name, applied.err);
  }

  void judge() {
    if (goal_.schema.empty()) return;
    for_each_parallel(points_, 2, findings_,
                      [&](const Point& point, unsigned worker) { die_at(point, worker); });
  }

  int deaths() const { return deaths_; }

 private:
  static constexpr const char* kTemplate = "crash_template";
  static constexpr const char* kGoal = "crash_goal";

  Result plan() const {
    return run_plan(shared_cluster().conninfo(kTemplate), fixture_.to().string(), "json", {},
                    source_directory() / "tests/judges/large_tables.toml");
  }

  Result apply_plan(const std::string& database, const Point& point,
                    const std::map<std::string, std::string>& environment) const {
    std::vector<std::string> arguments;
    if (point.by_file) arguments.push_back((scratch_.path() / "plan.json").string());
    return apply(database, fixture_.to(), arguments, environment);
  }

  void die_at(const Point& point, unsigned worker) {
    const std::string database = "crash_" + std::to_string(worker);
    shared_cluster().create_database(database, kTemplate);
    const Result died = apply_plan(database, point, {{"SCHEMADIFF_CRASH_AT", point.name}});
    if (died.status == 0) return;  // steps that share a transaction have fewer places
    const std::string place = fixture_.name + " killed " + point.name;
    if (died.status != kKilled) return findings_.fail(place, "the run before: " + died.err);
    ++deaths_;
    const Result again = apply_plan(database, point, {});
    if (again.status != 0) return findings_.fail(place, again.err + again.out);
    const std::string left = ask(database,
                                 "SELECT state || '|' || has_digests || '|' || (SELECT count(*)"
                                 " FROM schemadiff.backfills) FROM schemadiff.migrations");
    if (left != "applied|true|0\n") findings_.fail(place, "written down: " + left);
    const Contents got = contents(database);
    if (got.schema != goal_.schema) findings_.fail(place, difference(goal_.schema, got.schema));
    if (got.rows != goal_.rows)
      findings_.fail(place, "rows:\n" + got.rows + "instead of\n" + goal_.rows);
  }

  const Fixture& fixture_;
  Findings& findings_;
  Scratch scratch_;
  std::vector<Point> points_;
  Contents goal_;
  std::atomic<int> deaths_ = 0;
};

constexpr const char* kDatabase = "crash_single";

std::string ask(const std::string& sql) { return testing::ask(kDatabase, sql); }
void wait_for(const std::string& sql, const std::string& answer) {
  testing::wait_for(kDatabase, sql, answer);
}

struct RenamedColumn {
  std::vector<Fixture> all = fixtures();
  const Fixture& fixture = one_case(all, "rename/column");
  Contents goal;

  explicit RenamedColumn(int rows) {
    build_with_rows(kDatabase, fixture, rows);
    shared_cluster().create_database("crash_goal", kDatabase);
    REQUIRE(apply("crash_goal", fixture.to()).status == 0);
    goal = contents("crash_goal");
  }
  void finishes() const {
    const Result again = apply(kDatabase, fixture.to());
    INFO(again.err);
    CHECK(again.status == 0);
    CHECK(contents(kDatabase) == goal);
  }
};

}  // namespace

TEST_CASE("a killed apply is finished by another one", "[crash]") {
  Findings findings;
  for (const Fixture& fixture : cases()) {
    Case judged(fixture, findings);
    judged.judge();
    std::cout << "crash: " << fixture.name << ", " << judged.deaths() << " deaths\n";
    if (judged.deaths() == 0 && findings.failures().empty() && !long_form())
      findings.fail(fixture.name, "no run was killed");
  }
  report(findings);
}

TEST_CASE("a connection that is cut, and two at once", "[crash]") {
  const RenamedColumn column(20'000);
  Result first;
  std::thread running([&] { first = apply(kDatabase, column.fixture.to(), {"--pause", "2"}); });
  wait_for("SELECT count(*) FROM pg_class WHERE relname = 'backfills'", "1");
  wait_for("SELECT count(*) FROM schemadiff.backfills", "1");
  const Result second = apply(kDatabase, column.fixture.to());
  ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
      "'schemadiff'");
  running.join();
  CHECK(second.status == kFailed);
  CHECK_THAT(second.err, Contains("another run changes this database now: backend "));
  CHECK(first.status == kFailed);
  CHECK_THAT(first.err, Contains("the connection was lost in s002"));
  column.finishes();
}

TEST_CASE("a lock that others hold is tried for again", "[crash]") {
  const RenamedColumn column(100);
  Result patient;
  std::thread running;
  {
    const Holder holder(kDatabase, "BEGIN; SELECT FROM users LIMIT 1");
    const Result refused =
        apply(kDatabase, column.fixture.to(), {"--lock-timeout", "0.05", "--retries", "1"});
    CHECK(refused.status == kFailed);
    CHECK_THAT(refused.err, Contains("did not get its lock in 2 tries"));
    running = std::thread([&] {
      patient = apply(kDatabase, column.fixture.to(), {"--lock-timeout", "0.05"});
    });
    wait_for("SELECT count(*) FROM schemadiff.steps WHERE state = 'running'", "1");
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
  }
  running.join();
  CHECK(patient.status == 0);
  CHECK_THAT(patient.err, Contains("once more in"));
  CHECK(contents(kDatabase) == column.goal);
}

TEST_CASE("an index that was left invalid is built anew", "[crash]") {
  const Scratch scratch;
  const Cluster& cluster = shared_cluster();
  cluster.create_database(kDatabase);
  ask("CREATE TABLE a (id int PRIMARY KEY, n int); INSERT INTO a SELECT i, i FROM "
      "generate_series(1, 1000) i;");
  scratch.write("to.sql",
                "CREATE TABLE a (id int PRIMARY KEY, n int);\nCREATE INDEX a_n ON a (n);\n");
  const std::string to = (scratch.path() / "to.sql").string();
  const std::string from = cluster.conninfo(kDatabase);
  for (const bool by_file : {false, true}) {
    ask("DROP INDEX IF EXISTS a_n; DROP SCHEMA IF EXISTS schemadiff CASCADE;");
    const Result planned =
        run_plan(from, to, "json", {}, source_directory() / "tests/judges/large_tables.toml");
    scratch.write("plan.json", planned.out);
    // the process says its number, for it to be killed by
    std::vector<std::string> argv{"sh",
                                  "-c",
                                  "echo $$ > \"$0\"; exec \"$@\"",
                                  (scratch.path() / "pid").string(),
                                  tool_program(),
                                  "apply",
                                  "--yes",
                                  "--from",
                                  from,
                                  "--facts",
                                  (source_directory() / "tests/judges/large_tables.toml").string(),
                                  "--to",
                                  to};
    if (by_file) argv.push_back((scratch.path() / "plan.json").string());
    {
      const Holder holder(kDatabase, "BEGIN; UPDATE a SET n = 0 WHERE id = 1");
      Result killed;
      std::thread running([&] { killed = run({.argv = argv}); });
      wait_for(
          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE"
          " 'CREATE INDEX%'",
          "1");
      kill(std::stoi(read_file(scratch.path() / "pid")), SIGKILL);
      running.join();
      CHECK(killed.status == kKilled);
      wait_for("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'schemadiff'", "0");
    }
    CHECK(ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_n'::regclass") == "f\n");
    const Result again = run({.argv = argv});
    INFO(again.err);
    CHECK(again.status == 0);
    CHECK(ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_n'::regclass") == "t\n");
  }
}

}  // namespace schemadiff::testing
