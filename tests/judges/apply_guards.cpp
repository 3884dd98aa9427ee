// What apply looks at before it begins, what cuts it short, and what is tried elsewhere first.
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "engine/apply/replication.h"
#include "schema/digest.h"
#include "tests/judges/sessions.h"
#include "tests/judges/shop.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;

constexpr const char* kIndexed =
    "CREATE TABLE a (id bigint PRIMARY KEY, old text);\nCREATE INDEX a_old ON a (old);\n";

// A role that may connect, and nothing else; gone with the value.
class Role {
 public:
  explicit Role(const Shop& shop) : shop_(shop) { shop.sql("CREATE ROLE shop_app LOGIN"); }
  ~Role() {
    shop_.sql(
        "REASSIGN OWNED BY shop_app TO CURRENT_USER; DROP OWNED BY shop_app; DROP ROLE shop_app");
  }
  Role(const Role&) = delete;
  Role& operator=(const Role&) = delete;

 private:
  const Shop& shop_;
};

std::vector<std::string> to(const std::string& file, std::vector<std::string> more = {}) {
  more.insert(more.begin(), {"--to", file, "--yes"});
  return more;
}

const std::string& large_tables() {
  static const std::string path = (source_directory() / "tests/judges/large_tables.toml").string();
  return path;
}

}  // namespace

TEST_CASE("what the role may not do is said before anything runs", "[cli]") {
  const Shop shop("cli_roles");
  const Role role(shop);
  const auto apply = [&](const std::string& file) {
    return shop.scratch.tool(
        {"apply", "--from", shop.conninfo() + " user=shop_app", "--to", file, "--yes"});
  };
  const Result refused = apply("two.sql");
  expect_error(refused, "role shop_app may not alter public.a (s002), which belongs to postgres");
  CHECK_THAT(refused.err, Contains("may not make anything in schema public (s001)"));
  CHECK_THAT(refused.err, Contains("GRANT CREATE ON SCHEMA public TO shop_app"));
  CHECK(shop.sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'schemadiff'") == "0\n");
  shop.sql(
      "GRANT CREATE ON SCHEMA public TO shop_app; ALTER TABLE a OWNER TO shop_app;"
      "GRANT CREATE ON DATABASE cli_roles TO shop_app");
  expect(apply("two.sql"), 0, "It is what two.sql says.");
}

TEST_CASE("what does not fit on the disk is refused", "[cli]") {
  const Shop shop("cli_disk");
  shop.scratch.write("indexed.sql", kIndexed);
  const Result refused = shop.tool("apply", to("indexed.sql", {"--free-disk", "1 B"}));
  expect_error(refused, "the plan may write ");
  CHECK_THAT(refused.err, Contains("(s001) and about "));
  CHECK_THAT(refused.err, Contains(" of WAL, and 1 bytes are free on the server's disk"));
  CHECK(shop.sql("SELECT to_regclass('a_old') IS NULL") == "t\n");
  expect_error(shop.tool("apply", to("indexed.sql", {"--free-disk", "much"})), "takes a size");
  const Result little = shop.tool("apply", to("indexed.sql", {"--free-disk", "100 KiB"}));
  expect(little, 0, "It is what indexed.sql says.");
  CHECK_THAT(little.err, Contains("less than a tenth of the database's"));
}

TEST_CASE("a plan is for the version that it was made for", "[cli]") {
  const Shop shop("cli_version");
  CHECK(shop.tool("plan", {"--to", "two.sql", "--format", "json", "-o", "plan.json"}).status ==
        kPending);
  using Json = nlohmann::ordered_json;
  Json plan = Json::parse(read_file(shop.scratch.path() / "plan.json"));
  CHECK(plan.at("basis").at("server_version") == 15);
  plan.erase("digest");
  plan["basis"]["server_version"] = 14;
  plan["digest"] = schema::digest(plan.dump());
  shop.scratch.write("other.json", plan.dump());
  expect_error(shop.tool("apply", {"other.json", "--yes"}),
               "the plan was made for PostgreSQL 14, and the server is 15");
}

TEST_CASE("a step that has not taken fails", "[cli]") {
  const Shop shop("cli_taken");
  const std::string moves =
      "CREATE FUNCTION moves() RETURNS event_trigger LANGUAGE plpgsql AS\n"
      "$$BEGIN ALTER TABLE IF EXISTS b RENAME TO elsewhere; END$$;\n"
      "CREATE EVENT TRIGGER moves ON ddl_command_end WHEN TAG IN ('CREATE TABLE')\n"
      "EXECUTE FUNCTION moves();\n";
  shop.sql(moves);
  shop.scratch.write("moved.sql", kTwo + moves);
  expect_error(shop.tool("apply", to("moved.sql")),
               "what should hold now does not: table public.b");
  CHECK(shop.sql("SELECT to_regclass('elsewhere') IS NULL") == "t\n");
  CHECK(shop.status().at("in_progress").at("state") == "failed");
}

TEST_CASE("a team's own SQL runs before the first step and after the last", "[cli]") {
  const Shop shop("cli_hooks");
  shop.scratch.write("schemadiff.toml",
                     "[apply]\nbefore = [\"before.sql\"]\nafter = [\"after.sql\"]\n");
  expect_error(shop.tool("apply", to("two.sql")), "before.sql");
  shop.scratch.write("before.sql", "DO $$BEGIN RAISE EXCEPTION 'not on Fridays'; END$$;");
  shop.scratch.write("after.sql",
                     "DO $$BEGIN IF (SELECT count(*) FROM a) <> (SELECT n FROM rows_before) THEN\n"
                     "RAISE EXCEPTION 'rows are missing'; END IF;\n"
                     "RAISE NOTICE '% has kept all rows', current_setting('schemadiff.action');\n"
                     "END$$;");
  expect_error(shop.tool("apply", to("two.sql")), "before.sql: not on Fridays");
  CHECK(shop.sql("SELECT to_regclass('b') IS NULL") == "t\n");
  shop.scratch.write("before.sql", "CREATE TEMP TABLE rows_before AS SELECT count(*) AS n FROM a;");
  CHECK_THAT(shop.tool("apply", to("two.sql")).err, Contains("apply has kept all rows"));
  CHECK_THAT(shop.tool("rollback", {"--yes"}).err, Contains("rollback has kept all rows"));
  shop.scratch.write("before.sql", "CREATE TEMP TABLE rows_before AS SELECT 7 AS n;");
  expect_error(shop.tool("apply", to("two.sql")), "after.sql: rows are missing");
  CHECK(shop.sql("SELECT result FROM schemadiff.audit ORDER BY id DESC LIMIT 1") ==
        "after.sql: rows are missing\n");
  CHECK(shop.status().at("in_progress").at("state") == "failed");
  expect(shop.tool("apply", to("two.sql")), 0, "Nothing to do");
}

TEST_CASE("a statement that keeps others waiting is cut short", "[cli]") {
  const Shop shop("cli_timeout");
  const Holder holder("cli_timeout", "BEGIN; SELECT FROM a LIMIT 1");
  const Result cut =
      shop.tool("apply", to("two.sql", {"--lock-timeout", "20", "--statement-timeout", "0.2"}));
  expect_error(cut, "was cut short: s002 took longer than 0.2 s");
  CHECK(shop.sql("SELECT state FROM schemadiff.migrations") == "failed\n");
}

TEST_CASE("what is not brief is not cut short", "[cli]") {
  const Shop shop("cli_not_cut");
  shop.scratch.write(
      "view.sql", std::string(kOne) +
                      "CREATE MATERIALIZED VIEW slow AS SELECT 1 AS one, pg_sleep(0.4)::text;\n");
  expect(shop.tool("apply", to("view.sql", {"--statement-timeout", "0.1"})), 0, "Applied 1 step");
}

TEST_CASE("what would run is shown, and nothing runs", "[cli]") {
  const Shop shop("cli_explain");
  const Result shown =
      shop.tool("apply", {"--to", "three.sql", "--explain-only", "--allow", "all"});
  expect(shown, kPending, "2 steps would run; nothing was done.");
  CHECK_THAT(shown.err, Contains("DROP COLUMN old"));
  expect(shop.tool("apply", {"--to", "three.sql", "--explain-only"}), kRefused,
         "--allow drop-column");
  CHECK(shop.sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'schemadiff'") == "0\n");
}

TEST_CASE("a dry run says where it ran and what it left out", "[cli]") {
  const Shop shop("cli_dry");
  shop.scratch.write("indexed.sql", kIndexed);
  const std::vector<std::string> dry{"--to", "indexed.sql", "--dry-run", "--facts", large_tables()};
  const Result there = shop.tool("apply", dry);
  expect(there, 0, "0 steps were run in a transaction on database cli_dry");
  CHECK_THAT(there.out, Contains("not checked: s001, it runs outside of transactions"));
  std::vector<std::string> on_shadow = dry;
  on_shadow.insert(on_shadow.end(), {"--shadow", "same-server"});
  const Result elsewhere = shop.tool("apply", on_shadow);
  expect(elsewhere, 0, "1 step was run on a temporary database beside database cli_dry");
  CHECK_THAT(elsewhere.out, !Contains("not checked"));
  CHECK_THAT(elsewhere.err, Contains("tables are empty there"));
  CHECK(shop.sql("SELECT to_regclass('a_old') IS NULL") == "t\n");
}

TEST_CASE("apply renames a table as the plan does", "[cli]") {
  const Shop shop("cli_rename");
  shop.scratch.write("renamed.sql",
                     "CREATE TABLE b ( -- schemadiff: renamed_from=a\n"
                     "  id bigint PRIMARY KEY, old text);\n");
  SECTION("from files") {
    expect(shop.tool("apply", to("renamed.sql", {"--phase", "expand"})), 0, "left of the plan");
    CHECK(shop.sql("SELECT count(*) FROM b") == "100\n");
    CHECK(shop.sql("SELECT count(*) FROM a") == "100\n");
    expect(shop.tool("apply", to("renamed.sql", {"--allow", "all"})), 0,
           "It is what renamed.sql says.");
  }
  SECTION("from a plan in JSON") {
    CHECK(
        shop.tool("plan", {"--to", "renamed.sql", "--format", "json", "-o", "plan.json"}).status ==
        kPending);
    expect(shop.tool("apply", {"plan.json", "--yes", "--allow", "all"}), 0, "Applied");
  }
  CHECK(shop.sql("SELECT count(*) FROM b") == "100\n");
  CHECK(shop.tool("check", {"--to", "renamed.sql"}).status == kNothingToDo);
}

TEST_CASE("a plan is tried there, back and there again", "[cli]") {
  const Shop shop("cli_smoke");
  const Result good = shop.tool("smoke", {"--to", "three.sql", "--format", "json"});
  INFO(good.err);
  CHECK(good.status == 0);
  const nlohmann::json report = nlohmann::json::parse(good.out);
  CHECK(report.at("good") == true);
  CHECK(report.at("legs").size() == 3);
  CHECK(report.at("legs").at(1).at("window") == 60);
  CHECK(shop.sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'schemadiff'") == "0\n");
  shop.sql("CREATE TYPE mood AS ENUM ('good')");
  shop.scratch.write("enum.sql", std::string(kOne) + "CREATE TYPE mood AS ENUM ('good', 'bad');\n");
  shop.scratch.write("schemadiff.toml", "[apply]\nwindow = 0.000001\n");
  const Result wrong = shop.tool("smoke", {"--to", "enum.sql", "--shadow", "same-server"});
  expect(wrong, kPending, "differs: enum public.mood");
  CHECK_THAT(wrong.out, Contains("too long"));
}

TEST_CASE("a standby is behind where either limit says so", "[cli]") {
  const Shop shop("cli_standby");
  schema::introspection::Session session(shop.conninfo());
  // the server's view is found behind ours
  session.execute(
      "CREATE SCHEMA seen; SET search_path = seen, pg_catalog; CREATE TABLE pg_stat_replication"
      " (application_name text, pid int, state text, replay_lag interval, replay_lsn pg_lsn);"
      "INSERT INTO pg_stat_replication VALUES ('unseen', 1, NULL, NULL, NULL), ('replica', 2, "
      "'streaming', '23 s',"
      " pg_current_wal_lsn() - 3145728::numeric)");
  using engine::standby_behind;
  CHECK_THAT(standby_behind(session, {10, 0}), Contains("standby replica is 23 s and 3."));
  CHECK(standby_behind(session, {30, 0}).empty());
  CHECK(standby_behind(session, {30, 8 * 1024 * 1024}).empty());
  CHECK_THAT(standby_behind(session, {30, 1024 * 1024}), Contains(" MiB behind"));
  CHECK(standby_behind(session, {0, 0}).empty());
}

// Waits for as long as it takes to be told: not in the short form.
TEST_CASE("who is in the way is named, before and while an index is built", "[cli]") {
  if (!long_form()) return;
  const Shop shop("cli_in_the_way");
  shop.scratch.write("indexed.sql", kIndexed);
  Result built;
  std::thread running;
  {
    const Holder holder("cli_in_the_way", "BEGIN; UPDATE a SET old = 'y' WHERE id = 1");
    std::this_thread::sleep_for(std::chrono::seconds(6));
    running = std::thread([&] {
      built = shop.tool("apply", to("indexed.sql", {"--facts", large_tables()}));
    });
    std::this_thread::sleep_for(std::chrono::seconds(8));
  }
  running.join();
  CHECK(built.status == 0);
  CHECK_THAT(built.err, Contains("and a lock on public.a: steps may have to wait for it"));
  CHECK_THAT(built.err, Contains("waits for the transaction of backend"));
}

}  // namespace schemadiff::testing
