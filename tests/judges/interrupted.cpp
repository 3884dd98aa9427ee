// Judge 8, what happens to a run from outside: Ctrl-C, a server that goes down, an application that
// waits for the lock that the run holds while the run waits for its.
#include <signal.h>

#include <catch2/catch.hpp>
#include <thread>

#include "tests/judges/applied.h"
#include "tests/judges/scratch.h"
#include "tests/judges/sessions.h"
#include "tests/judges/shop.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;

constexpr const char* kDatabase = "interrupted";

Fixture renamed_column() {
  for (const Fixture& fixture : fixtures())
    if (fixture.name == "rename/column") return fixture;
  throw std::runtime_error("there is no fixture rename/column");
}

// An apply that runs, and its process. Waited for when the value goes.
class Running {
 public:
  Running(const Scratch& scratch, std::vector<std::string> arguments)
      : pid_file_(scratch.path() / "pid") {
    std::filesystem::remove(pid_file_);
    // the process says its number
    std::vector<std::string> argv{"sh", "-c", "echo $$ > \"$0\"; exec \"$@\"", pid_file_.string(),
                                  tool_program()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    thread_ = std::thread([this, argv] {
      result_ = run({.argv = argv, .environment = {{"NO_COLOR", "1"}}});
    });
  }
  ~Running() {
    if (thread_.joinable()) thread_.join();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void signal(int number) const { kill(std::stoi(read_file(pid_file_)), number); }
  const Result& end() {
    thread_.join();
    return result_;
  }

 private:
  std::filesystem::path pid_file_;
  Result result_;
  std::thread thread_;
};

std::vector<std::string> arguments(const std::filesystem::path& to,
                                   std::vector<std::string> more = {}) {
  std::vector<std::string> all{"apply",
                               "--from",
                               shared_cluster().conninfo(kDatabase),
                               "--to",
                               to,
                               "--yes",
                               "--allow",
                               "all",
                               "--facts",
                               (source_directory() / "tests/judges/large_tables.toml").string()};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

constexpr const char* kFilling = "SELECT count(*) FROM pg_class WHERE relname = 'backfills'";

void wait_for_first_batch() {
  wait_for(kDatabase, kFilling, "1");
  wait_for(kDatabase, "SELECT count(*) FROM schemadiff.backfills", "1");
}

}  // namespace

TEST_CASE("Ctrl-C ends a run at the next safe point, twice at once", "[crash]") {
  const Fixture fixture = renamed_column();
  const Scratch scratch;
  build_with_rows(kDatabase, fixture, 5000);
  SECTION("once, between two batches") {
    Running running(scratch, arguments(fixture.to(), {"--pause", "1"}));
    wait_for_first_batch();
    running.signal(SIGINT);
    const Result& stopped = running.end();
    CHECK(stopped.status == kFailed);
    CHECK_THAT(stopped.err, Contains("stops at the next safe point; once more: at once"));
    CHECK_THAT(stopped.err, Contains("error: interrupted"));
  }
  SECTION("twice, in a statement that waits") {
    const Holder holder(kDatabase, "BEGIN; SELECT FROM users LIMIT 1");
    Running running(scratch, arguments(fixture.to(), {"--lock-timeout", "60"}));
    wait_for(kDatabase, "SELECT count(*) FROM pg_locks WHERE NOT granted", "1");
    running.signal(SIGINT);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    running.signal(SIGINT);
    CHECK_THAT(running.end().err, Contains("error: interrupted"));
  }
  CHECK(ask(kDatabase, "SELECT state FROM schemadiff.migrations") == "interrupted\n");
  CHECK(apply(kDatabase, fixture.to()).status == 0);
  CHECK(ask(kDatabase, "SELECT count(*), count(DISTINCT full_name) FROM users") == "5000|5000\n");
}

TEST_CASE("Ctrl-C twice waits for nobody, and leaves what the next run finds", "[crash]") {
  const Scratch scratch;
  shared_cluster().create_database(kDatabase);
  ask(kDatabase, "CREATE TABLE a (id int PRIMARY KEY, n int); INSERT INTO a VALUES (1, 1)");
  scratch.write("to.sql",
                "CREATE TABLE a (id int PRIMARY KEY, n int);\nCREATE INDEX a_n ON a (n);\n");
  const std::filesystem::path to = scratch.path() / "to.sql";
  {
    const Holder holder(kDatabase, "BEGIN; UPDATE a SET n = 0");
    Running running(scratch, arguments(to, {}));
    wait_for(kDatabase,
             "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE"
             " 'CREATE INDEX%'",
             "1");
    running.signal(SIGINT);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    running.signal(SIGINT);
    CHECK_THAT(running.end().err, Contains("error: interrupted"));
    CHECK(ask(kDatabase, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_n'::regclass") ==
          "f\n");
  }
  CHECK(apply(kDatabase, to).status == 0);
  CHECK(ask(kDatabase, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_n'::regclass") ==
        "t\n");
}

TEST_CASE("a run whose server goes down is finished by the next one", "[crash]") {
  const Fixture fixture = renamed_column();
  const Scratch scratch;
  build_with_rows(kDatabase, fixture, 5000);
  shared_cluster().create_database("interrupted_goal", kDatabase);
  REQUIRE(apply("interrupted_goal", fixture.to()).status == 0);
  const Contents goal = contents("interrupted_goal");
  Running running(scratch, arguments(fixture.to(), {"--pause", "2"}));
  wait_for_first_batch();
  // The test server does not wait for its disk: a crash loses what was committed last, unless a
  // checkpoint has written it.
  ask(kDatabase, "CHECKPOINT");
  const std::string backend = ask(
      kDatabase, "SELECT pid FROM pg_stat_activity WHERE application_name = 'schemadiff' LIMIT 1");
  REQUIRE(kill(std::stoi(backend), SIGKILL) == 0);  // on which a server restarts all of its own
  CHECK_THAT(running.end().err, Contains("the connection was lost in s002"));
  wait_for(kDatabase, "SELECT 1", "1");
  CHECK(ask(kDatabase, "SELECT rows > 0 FROM schemadiff.backfills") == "t\n");
  CHECK(apply(kDatabase, fixture.to()).status == 0);
  CHECK(contents(kDatabase) == goal);
}

// The application has what the run waits for, and then waits for what the run has. Whoever waits
// longer than deadlock_timeout finds out, and one of the two fails: it shall not be the
// application.
TEST_CASE("an application in a deadlock with apply does not notice", "[crash]") {
  const Scratch scratch;
  const auto schema = [](const std::string& type) {
    return "CREATE TABLE a (id bigint PRIMARY KEY, note " + type +
           ");\nCREATE VIEW notes AS SELECT note FROM a;\n";
  };
  shared_cluster().create_database(kDatabase);
  ask(kDatabase, schema("varchar(10)") + "INSERT INTO a VALUES (1)");
  scratch.write("to.sql", schema("text"));  // the view goes first, and is made again
  const std::string application =
      "BEGIN; UPDATE a SET id = 1;\n"
      "DO $$BEGIN WHILE NOT EXISTS (SELECT FROM pg_locks WHERE relation = 'a'::regclass AND NOT"
      " granted) LOOP PERFORM pg_sleep(0.01); END LOOP; END$$;\n"
      "SELECT count(*) FROM notes; COMMIT;\n";
  Result served;
  std::thread app([&] { served = shared_cluster().psql(kDatabase, application); });
  wait_for(kDatabase, "SELECT count(*) FROM pg_locks WHERE relation = 'a'::regclass", "1");
  const Result applied = apply(kDatabase, scratch.path() / "to.sql");
  app.join();
  INFO(served.err + applied.err);
  CHECK(served.status == 0);
  CHECK(applied.status == 0);
  CHECK_THAT(applied.err, Contains("once more in"));
  CHECK(ask(kDatabase,
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == "0\n");
}

}  // namespace schemadiff::testing
