// The scripts of plan --format sql --idempotent: psql runs them twice, back, and forward again.
#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "tests/judges/applied.h"
#include "tests/judges/sessions.h"
#include "tests/judges/shop.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;
namespace fs = std::filesystem;

constexpr const char* kDatabase = "scripts";

struct Written {
  fs::path forward, back, readme;
};

Written write_scripts(const Scratch& scratch, const Fixture& fixture) {
  const Result result = scratch.tool(
      {"plan", "--from", shared_cluster().conninfo(kDatabase), "--to", fixture.to().string(),
       "--facts", (source_directory() / "tests/judges/large_tables.toml").string(), "--format",
       "sql", "--idempotent", "-o", "out", "--name", "The change"});
  INFO(result.err);
  REQUIRE(result.status == kPending);
  Written written;
  for (const fs::directory_entry& entry : fs::directory_iterator(scratch.path() / "out")) {
    const std::string name = entry.path().filename().string();
    CHECK(name.substr(12, 11) == "_the_change");
    (name.ends_with(".rollback.sql") ? written.back
     : name.ends_with(".md")         ? written.readme
                                     : written.forward) = entry.path();
  }
  return written;
}

Result psql(const fs::path& file, std::vector<std::string> arguments = {}) {
  arguments.insert(arguments.begin(), {pg_program("psql"), "-X", "-q", "-f", file.string(),
                                       shared_cluster().conninfo(kDatabase)});
  return run({.argv = std::move(arguments)});
}

void runs(const fs::path& file, const std::string& words) {
  const Result result = psql(file);
  INFO(result.out + result.err);
  CHECK(result.status == 0);
  CHECK_THAT(result.out, Contains(words));
}

// What check says of the database and a file.
std::string differences(const Scratch& scratch, const fs::path& file) {
  return scratch
      .tool({"check", "--from", shared_cluster().conninfo(kDatabase), "--to", file.string()})
      .out;
}

constexpr const char* kNone = "No difference:";

}  // namespace

TEST_CASE("scripts may run twice, go back, and go forward again", "[cli]") {
  const auto [name, stays] = GENERATE(
      std::pair<std::string, std::string>{"scenarios/nda",
                                          "2 differences"},  // of the enum whose new values stay
      std::pair<std::string, std::string>{"rename/column", kNone},
      std::pair<std::string, std::string>{"index/changed", kNone});
  for (const Fixture& fixture : fixtures()) {
    if (fixture.name != name || (name == "index/changed" && !long_form())) continue;
    INFO(fixture.name);
    const Scratch scratch;
    build_with_rows(kDatabase, fixture, 500);
    const Written written = write_scripts(scratch, fixture);
    CHECK_THAT(read_file(written.readme), Contains("psql -X -f"));
    runs(written.forward, "s001  ");
    CHECK_THAT(differences(scratch, fixture.to()), Contains(kNone));
    const Result again = psql(written.forward);
    INFO(again.err);
    CHECK(again.status == 0);
    CHECK_THAT(again.out, !Contains("s001"));
    CHECK_THAT(again.out, Contains("checks of the catalog:"));
    runs(written.back, "s001 ");
    runs(written.back, "");
    CHECK_THAT(differences(scratch, fixture.from()), Contains(stays));
    runs(written.forward, "checks of the catalog:");
    CHECK_THAT(differences(scratch, fixture.to()), Contains(kNone));
    shared_cluster().drop_database(kDatabase);
  }
}

TEST_CASE("a script builds anew what an interrupted run has left invalid", "[cli]") {
  const Shop shop("cli_leftover");
  shop.scratch.write("indexed.sql", std::string(kOne) + "CREATE INDEX a_old ON a (old);\n");
  const Result script = shop.scratch.tool(
      {"plan", "--from", "one.sql", "--to", "indexed.sql", "--format", "sql", "--idempotent"});
  CHECK_THAT(script.out, Contains("CREATE INDEX CONCURRENTLY a_old"));
  shop.sql(script.out);
  shop.sql(
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'a_old'::regclass;"
      "DELETE FROM schemadiff.script_steps WHERE step = 's001'");
  shop.sql(script.out);
  CHECK(shop.sql("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_old'::regclass") == "t\n");
}

TEST_CASE("a script tries again for a lock that others hold", "[cli]") {
  const Shop shop("cli_patient");
  const Result script = shop.scratch.tool(
      {"plan", "--from", "one.sql", "--to", "two.sql", "--format", "sql", "--idempotent"});
  Result ran;
  std::thread running;
  {
    const Holder holder("cli_patient", "BEGIN; SELECT FROM a LIMIT 1");
    running = std::thread([&] { ran = shared_cluster().psql("cli_patient", script.out); });
    wait_for("cli_patient", "SELECT count(*) FROM pg_locks WHERE NOT granted", "1");
    wait_for("cli_patient", "SELECT count(*) FROM pg_locks WHERE NOT granted", "0");
  }
  running.join();
  INFO(ran.err);
  CHECK(ran.status == 0);
  CHECK(shop.tool("check", {"--to", "two.sql"}).status == kNothingToDo);
}

TEST_CASE("a script ends before a phase, and refuses what it was not made for", "[cli]") {
  const Scratch scratch;
  for (const Fixture& fixture : fixtures()) {
    if (fixture.name != "rename/column") continue;
    build_with_rows(kDatabase, fixture, 100);
    const Written written = write_scripts(scratch, fixture);
    const Result expanded = psql(written.forward, {"-v", "until=expand"});
    CHECK(expanded.status == 0);
    CHECK_THAT(expanded.out, Contains("stops before migrate"));
    const Result cramped = psql(written.forward, {"-v", "free_bytes=1000"});
    CHECK(cramped.status == 3);
    CHECK_THAT(cramped.err, Contains("less is free than a tenth of the database"));
    shared_cluster().create_database(kDatabase);
    const Result elsewhere = psql(written.forward);
    CHECK(elsewhere.status == 3);
    CHECK_THAT(elsewhere.err, Contains("the database is not what it should be"));
    shared_cluster().drop_database(kDatabase);
  }
}

}  // namespace schemadiff::testing
