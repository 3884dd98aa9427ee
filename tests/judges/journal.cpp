// What earlier versions have written down: it is read as it is, and gets what it lacks when
// something is to be written; what it measured tells how long steps take.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/judges/shop.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;

// As the first versions made the tables.
constexpr const char* kOlder = R"(
ALTER TABLE schemadiff.steps DROP COLUMN undo_loses, DROP COLUMN undo_checks, DROP COLUMN measure,
  DROP COLUMN amount, DROP COLUMN seconds;
DROP TRIGGER sign ON schemadiff.audit;
ALTER TABLE schemadiff.audit ALTER COLUMN at SET DEFAULT clock_timestamp(),
  ALTER COLUMN actor SET DEFAULT session_user, ALTER COLUMN client SET DEFAULT 'local';
DROP TABLE schemadiff.approvals;
DROP FUNCTION schemadiff.sign();
CREATE TABLE schemadiff.approvals (
  plan_digest text NOT NULL,
  approver text NOT NULL,
  database_role text NOT NULL DEFAULT session_user,
  approved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (plan_digest, approver));
INSERT INTO schemadiff.approvals (plan_digest, approver) VALUES ('1', 'ann'), ('1', 'bob'), ('2', 'ann');
)";

constexpr const char* kForm =
    "SELECT string_agg(format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable,"
    " column_default), ', ' ORDER BY 1, table_name, column_name) FROM information_schema.columns"
    " WHERE table_schema = 'schemadiff' UNION ALL SELECT string_agg(pg_get_triggerdef(oid), ', '"
    " ORDER BY tgname, tgrelid::regclass::text) FROM pg_trigger WHERE NOT tgisinternal"
    " UNION ALL SELECT string_agg(pg_get_constraintdef(oid), ', ' ORDER BY conname) FROM"
    " pg_constraint WHERE connamespace = 'schemadiff'::regnamespace";

}  // namespace

TEST_CASE("a journal of an earlier version is read, and gets what it lacks", "[cli]") {
  const Shop shop("cli_older");
  REQUIRE(shop.tool("apply", {"--to", "two.sql", "--yes", "--name", "notes"}).status == 0);
  const std::string form = shop.sql(kForm);
  shop.sql(kOlder);
  const std::string older = shop.sql(kForm);
  REQUIRE(older != form);
  expect(shop.tool("status"), 0, "#1 notes");
  expect(shop.tool("history"), 0, "#1");
  expect(shop.tool("apply", {"--to", "three.sql", "--yes", "--allow", "all", "--dry-run"}), 0,
         "rolled back: no error");
  CHECK(shop.sql(kForm) == older);
  SECTION("apply") {
    expect(shop.tool("apply", {"--to", "three.sql", "--yes", "--allow", "all"}), 0,
           "It is what three.sql says.");
  }
  SECTION("rollback") {
    CHECK(shop.tool("rollback", {"--yes"}).status == 0);
    CHECK(shop.sql("SELECT state FROM schemadiff.migrations") == "rolled back\n");
  }
  CHECK(shop.sql(kForm) == form);
  CHECK(shop.sql("SELECT plan_digest, name FROM schemadiff.approvals ORDER BY plan_digest") ==
        "1|ann\n2|ann\n");
}

TEST_CASE("times of steps follow what earlier runs have measured", "[cli]") {
  const Shop shop("cli_measured");
  shop.sql("INSERT INTO a SELECT i, 'x' FROM generate_series(1000, 200000) AS i; ANALYZE a");
  const std::string filled =
      "CREATE TABLE a (id bigint PRIMARY KEY, old text, note text NOT NULL DEFAULT 'x' || "
      "random());\n";
  shop.scratch.write("filled.sql", filled);
  REQUIRE(shop.tool("apply", {"--to", "filled.sql", "--yes", "--allow", "all"}).status == 0);
  CHECK(shop.sql("SELECT measure, amount, seconds > 0 FROM schemadiff.steps WHERE measure ="
                 " 'backfill_rows'") == "backfill_rows|199101|t\n");
  // as if it had been another machine
  shop.sql(
      "UPDATE schemadiff.steps SET amount = 1000, seconds = 10 WHERE measure ="
      " 'backfill_rows'; ANALYZE a");
  shop.scratch.write("more.sql", filled.substr(0, filled.size() - 3) +
                                     ", more text NOT NULL DEFAULT 'y' || random());\nCREATE INDEX "
                                     "a_old ON a (old);\n");
  const auto planned = [&](const std::string& config) {
    shop.scratch.write("schemadiff.toml", config);
    return nlohmann::json::parse(shop.tool("plan", {"--to", "more.sql", "--format", "json"}).out);
  };
  const nlohmann::json plan =
      planned("[throughput]\nbackfill_rows = 7\nindex_bytes = \"100 MiB\"\n");
  for (const nlohmann::json& step : plan.at("steps"))
    if (step.contains("backfill"))
      CHECK(step.at("seconds").get<double>() == Approx(1991).margin(20));
  CHECK_THAT(plan.at("notes").dump(),
             Contains("backfills 100 rows/s (measured here by earlier runs), "
                      "index builds 100 MiB/s (as configured)"));
  shop.sql("DROP SCHEMA schemadiff CASCADE");
  CHECK_THAT(planned("[throughput]\nbackfill_rows = 7\n").at("notes").dump(),
             Contains("backfills 7 rows/s (as configured), index builds 40 MiB/s (by default)"));
  CHECK_THAT(planned("").at("notes").dump(), !Contains("Times of steps"));
}

// A constraint that took an index over takes it along.
TEST_CASE("a plan file goes on where a rollback was cut short", "[cli]") {
  const Shop shop("cli_back_and_there");
  shop.sql("UPDATE a SET old = id");
  shop.scratch.write("unique.sql", "CREATE TABLE a (id bigint PRIMARY KEY, old text UNIQUE);\n");
  shop.scratch.write("large.toml", "[others]\nrows = 1_000_000_000\nbytes = \"100 GiB\"\n");
  const Result planned = shop.tool("plan", {"--to", "unique.sql", "--facts", "large.toml",
                                            "--format", "json", "-o", "plan.json"});
  REQUIRE(planned.status == kPending);
  const std::vector<std::string> apply{"plan.json", "--to",    "unique.sql",
                                       "--yes",     "--allow", "all"};
  REQUIRE(shop.tool("apply", apply).status == 0);
  const std::string steps = "SELECT string_agg(state, ' ' ORDER BY position) FROM schemadiff.steps";
  REQUIRE(shop.sql(steps) == "done done\n");
  CHECK(shop.tool("rollback", {"--yes"}, {{"SCHEMADIFF_CRASH_AT", "after s002"}}).status != 0);
  REQUIRE(shop.sql(steps) == "done undone\n");
  expect(shop.tool("apply", apply), 0, "It is what unique.sql says.");
  CHECK(shop.tool("check", {"--to", "unique.sql"}).status == kNothingToDo);
}

TEST_CASE("the way back to NOT NULL reads a large table while others work", "[cli]") {
  const Shop shop("cli_required_again");
  shop.sql("ALTER TABLE a ALTER old SET NOT NULL");
  shop.scratch.write("large.toml", "[others]\nrows = 1_000_000_000\nbytes = \"100 GiB\"\n");
  REQUIRE(shop.tool("apply", {"--to", "one.sql", "--yes", "--facts", "large.toml"}).status == 0);
  CHECK(shop.tool("rollback", {"--yes"}, {{"SCHEMADIFF_CRASH_AT", "after s001"}}).status != 0);
  CHECK(shop.sql("SELECT undo_done, state FROM schemadiff.steps") == "1|undoing\n");
  CHECK(shop.sql("SELECT convalidated FROM pg_constraint WHERE contype = 'c' AND conrelid = "
                 "'a'::regclass") == "f\n");
  CHECK(shop.tool("rollback", {"--yes"}).status == 0);
  CHECK(shop.sql("SELECT attnotnull FROM pg_attribute WHERE attrelid = 'a'::regclass AND attname ="
                 " 'old'") == "t\n");
  CHECK(
      shop.sql(
          "SELECT count(*) FROM pg_constraint WHERE contype = 'c' AND conrelid = 'a'::regclass") ==
      "0\n");
}

}  // namespace schemadiff::testing
