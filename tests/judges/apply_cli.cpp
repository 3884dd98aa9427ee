// apply, rollback, status and history seen from outside.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/judges/shop.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;

// A role that may connect; gone with the value.
class Approver {
 public:
  Approver(const Shop& shop, std::string role) : shop_(shop), role_(std::move(role)) {
    shop_.sql("CREATE ROLE " + role_ + " LOGIN");
  }
  ~Approver() { shop_.sql("DROP OWNED BY " + role_ + "; DROP ROLE " + role_); }
  Approver(const Approver&) = delete;
  Approver& operator=(const Approver&) = delete;

  const std::string& role() const { return role_; }
  void is_let() const {
    shop_.sql("GRANT USAGE ON SCHEMA schemadiff TO " + role_ +
              "; GRANT SELECT, INSERT ON schemadiff.approvals TO " + role_ +
              "; GRANT INSERT ON schemadiff.audit TO " + role_);
  }

 private:
  const Shop& shop_;
  std::string role_;
};

}  // namespace

TEST_CASE("apply asks, applies, and is done", "[cli]") {
  const Shop shop("cli_apply");
  expect(shop.tool("status"), 0, "nothing was applied by schemadiff");
  expect_error(shop.tool("apply", {"--to", "two.sql"}), "no terminal to ask on");
  expect(shop.tool("apply", {"--to", "two.sql", "--dry-run"}), 0, "rolled back: no error");
  CHECK(shop.sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'schemadiff'") == "0\n");
  expect(shop.tool("apply", {"--to", "two.sql", "--yes", "--name", "notes", "--author", "ann",
                             "--description", "Notes for all"}),
         0, "It is what two.sql says.");
  CHECK(shop.tool("check", {"--to", "two.sql"}).status == kNothingToDo);
  expect(shop.tool("apply", {"--to", "two.sql", "--yes"}), 0, "Nothing to do");
  expect(shop.tool("status"), 0, "#1 notes");
  expect(shop.tool("history"), 0, "by ann");
  const nlohmann::json entry =
      nlohmann::json::parse(shop.tool("history", {"--format", "json"}).out).at("migrations").at(0);
  CHECK(entry.at("description") == "Notes for all");
  CHECK(entry.at("digest").get<std::string>().size() >= 32);
  CHECK_FALSE(entry.at("applied").is_null());
  CHECK(entry.at("rolled_back").is_null());
  CHECK(
      shop.sql("SELECT plan::jsonb ->> 'digest' = plan_digest, position('note' IN schema_text) > 0"
               " FROM schemadiff.migrations") == "t|t\n");
  CHECK(shop.status().at("version").at("name") == "notes");
  CHECK(shop.sql("SELECT count(*) > 0 FROM schemadiff.memo") == "f\n");  // there is no definition
  CHECK(shop.sql("SELECT string_agg(action || ' ' || result, ',' ORDER BY id)"
                 " FROM schemadiff.audit") == "apply begun,apply applied\n");
  CHECK_FALSE(shared_cluster().psql("cli_apply", "DELETE FROM schemadiff.audit").status == 0);
  CHECK_FALSE(shared_cluster().psql("cli_apply", "TRUNCATE schemadiff.audit").status == 0);
}

TEST_CASE("what loses data needs its rule to be allowed", "[cli]") {
  const Shop shop("cli_allow");
  expect_error(shop.tool("apply", {"--to", "three.sql", "--yes", "--allow", "drop-colum"}),
               "drop-column");
  const Result refused = shop.tool("apply", {"--to", "three.sql", "--yes"});
  expect(refused, kRefused, "--allow drop-column");
  CHECK(shop.sql("SELECT count(old) FROM a") == "100\n");
  expect(shop.tool("apply", {"--to", "three.sql", "--yes", "--phase", "expand"}), 0,
         "1 step left of the plan");
  CHECK(shop.tool("status").status == kPending);
  expect(shop.tool("apply", {"--to", "three.sql", "--yes", "--allow", "drop-column"}), 0,
         "It is what three.sql says.");
  expect(shop.tool("history"), 0, "applied");
  CHECK(shop.sql("SELECT count(*) FROM schemadiff.migrations") == "1\n");  // of two runs
}

TEST_CASE("a rollback goes back, and only from what was applied", "[cli]") {
  const Shop shop("cli_rollback");
  expect(shop.tool("rollback", {"--yes"}), 0, "Nothing to roll back");
  CHECK(shop.tool("apply", {"--to", "three.sql", "--yes", "--allow", "all"}).status == 0);
  shop.sql("ALTER TABLE a ADD COLUMN by_hand int");
  expect_error(shop.tool("rollback", {"--yes"}), "changed since they were applied: table public.a");
  shop.sql("ALTER TABLE a DROP COLUMN by_hand; UPDATE a SET note = 'new'");
  expect_error(shop.tool("rollback"), "no terminal to ask on");
  expect(shop.tool("rollback", {"--yes", "--phase", "contract"}), 0, "Rolled back 1 step");
  CHECK(shop.tool("status").status == kPending);
  const Result back = shop.tool("rollback", {"--yes"});
  expect(back, 0, "Rolled back 1 step");
  CHECK_THAT(back.err, Contains("lost: 100 values of column note of public.a"));
  CHECK(shop.tool("check", {"--to", "one.sql"}).status == kNothingToDo);
  CHECK(shop.tool("status").status == 0);
  expect(shop.tool("history"), 0, "rolled back");
  expect(shop.tool("apply", {"--to", "three.sql", "--yes", "--allow", "all"}), 0,
         "It is what three.sql says.");
}

TEST_CASE("a rollback refuses what the old schema does not take", "[cli]") {
  const Shop shop("cli_refused_back");
  const std::string before =
      "CREATE TYPE mood AS ENUM ('good', 'bad');\n"
      "CREATE TABLE m (id int PRIMARY KEY, mood mood NOT NULL, code varchar(3),"
      " k int UNIQUE, n int CONSTRAINT positive CHECK (n > 0));\n";
  shop.sql(before);
  shop.scratch.write("from.sql", kOne + before);
  shop.scratch.write("to.sql", kOne + std::string("CREATE TYPE mood AS ENUM ('fine', 'bad');\n"
                                                  "CREATE TABLE m (id int PRIMARY KEY, mood mood,"
                                                  " code varchar(9), k int, n int);\n"));
  REQUIRE(shop.tool("apply", {"--to", "to.sql", "--yes", "--allow", "all"}).status == 0);
  shop.sql(
      "INSERT INTO m VALUES (1, 'fine', 'long1', 1, 1), (2, 'fine', 'a', 2, 0), (3, NULL, 'b', 2, "
      "-1)");
  const Result refused = shop.tool("rollback", {"--yes"});
  expect_error(refused, "the old schema does not take what was written since: ");
  CHECK_THAT(refused.err, Contains("2 rows have a value that is not in the old type"));
  CHECK_THAT(refused.err, Contains("1 row is NULL in the column"));
  CHECK_THAT(refused.err, Contains("1 value does not fit the old type"));
  CHECK_THAT(refused.err, Contains("1 key is there more than once"));
  CHECK_THAT(refused.err, Contains("2 rows break the constraint"));
  CHECK(shop.tool("check", {"--to", "to.sql"}).status == kNothingToDo);
  shop.sql("UPDATE m SET mood = 'bad', code = id, k = id, n = id");
  expect(shop.tool("rollback", {"--yes"}), 0, "Rolled back ");
  CHECK(shop.tool("check", {"--to", "from.sql"}).status == kNothingToDo);
}

TEST_CASE("a rollback says what does not come back, and goes as far as it can", "[cli]") {
  const Shop shop("cli_back");
  shop.sql("CREATE TYPE mood AS ENUM ('good')");
  const std::string enum_too = "CREATE TYPE mood AS ENUM ('good', 'bad');\n";
  shop.scratch.write("to.sql", kThree + enum_too);
  shop.scratch.write("start.sql", kOne + std::string("CREATE TYPE mood AS ENUM ('good');\n"));
  const std::vector<std::string> apply{"--to", "to.sql", "--yes", "--allow", "all"};
  const auto words = [](const Result& result) {
    CHECK(result.status == 0);
    return result.err;
  };
  SECTION("before contract, all comes back but the value of the enum") {
    std::vector<std::string> expand = apply;
    expand.insert(expand.end(), {"--phase", "expand"});
    CHECK(shop.tool("apply", expand).status == 0);
    const std::string said = words(shop.tool("rollback", {"--yes"}));
    CHECK_THAT(said, Contains("What does not come back, and what is lost:"));
    CHECK_THAT(said, Contains("enum public.mood"));
    CHECK_THAT(said, !Contains("column old"));
    CHECK(shop.sql("SELECT count(old) FROM a") == "100\n");
  }
  SECTION("after contract, the column comes back without its values") {
    CHECK(shop.tool("apply", apply).status == 0);
    shop.sql("UPDATE a SET note = 'new' WHERE id <= 7");
    const std::string said = words(shop.tool("rollback", {"--yes"}));
    CHECK_THAT(said, Contains("comes back without its values"));
    CHECK_THAT(said, Contains("7 values of column note of public.a"));
    CHECK(shop.sql("SELECT count(*), count(old) FROM a") == "100|0\n");
  }
  SECTION("half way, what was done comes back") {
    shop.scratch.write("strict_to.sql", kStrict + enum_too);
    shop.sql("INSERT INTO a VALUES (101, NULL)");
    CHECK(shop.tool("apply", {"--to", "strict_to.sql", "--yes", "--allow", "all"}).status ==
          kFailed);
    words(shop.tool("rollback", {"--yes"}));
    CHECK(shop.sql("SELECT count(old) FROM a") == "100\n");
  }
  CHECK(shop.sql("SELECT enum_range(NULL::mood)") == "{good,bad}\n");
  const Result left = shop.tool("check", {"--to", "start.sql"});
  expect(left, kPending, "1 difference");
  shop.sql("DELETE FROM a WHERE id > 100");
  expect(shop.tool("apply", apply), 0, "It is what to.sql says.");
}

TEST_CASE("a plan in JSON is applied as it is, to what it was made for", "[cli]") {
  const Shop shop("cli_plan_file");
  const auto plan = [&] {
    CHECK(shop.tool("plan", {"--to", "three.sql", "--format", "json", "-o", "plan.json"}).status ==
          kPending);
  };
  const auto apply = [&](const std::string& file, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {file, "--yes"});
    return shop.tool("apply", arguments);
  };
  plan();
  std::string text = read_file(shop.scratch.path() / "plan.json");
  text.replace(text.find("ADD COLUMN note text"), 20, "ADD COLUMN note json");
  shop.scratch.write("other.json", text);
  expect_error(apply("other.json"), "its digest does not match");
  shop.scratch.write("none.json", "{}");
  expect_error(apply("none.json"), "is not a plan in JSON");
  CHECK(shop.scratch
            .tool({"plan", "--from", "one.sql", "--to", "three.sql", "--format", "json", "-o",
                   "files.json"})
            .status == kPending);
  expect_error(apply("files.json"), "was not made for a database");

  shop.sql("ALTER TABLE a ADD COLUMN by_hand int");
  expect_error(apply("plan.json"), "has changed since the plan was made: table public.a");
  shop.sql("ALTER TABLE a DROP COLUMN by_hand; CREATE VIEW v AS SELECT id FROM a");
  expect_error(apply("plan.json"), "has changed since the plan was made: view public.v is new");
  shop.sql("DROP VIEW v");
  expect(apply("plan.json"), kRefused, "--allow drop-column");
  expect(apply("plan.json", {"--until", "s001"}), 0, "1 step left of the plan");
  expect(apply("plan.json", {"--to", "three.sql", "--allow", "all"}), 0,
         "It is what three.sql says.");
  expect(apply("plan.json"), 0, "was applied already");
  expect_error(apply("plan.json", {"--phase", "expnad"}), "expand");
}

TEST_CASE("rows that come in the way of a plan in JSON are counted", "[cli]") {
  const Shop shop("cli_rows_since");
  CHECK(shop.tool("plan", {"--to", "strict.sql", "--format", "json", "-o", "plan.json"}).status ==
        kPending);
  shop.sql("INSERT INTO a VALUES (101, NULL), (102, NULL)");
  const Result refused = shop.tool("apply", {"plan.json", "--yes", "--allow", "all"});
  expect_error(refused, "since the plan was made rows have come in its way: ");
  CHECK_THAT(refused.err, Contains("(column public.a.old): 2 rows are NULL in the column"));
  CHECK(shop.sql("SELECT count(*) FROM information_schema.columns WHERE table_name = 'a'") ==
        "2\n");
  shop.sql("DELETE FROM a WHERE id > 100");
  CHECK(shop.tool("apply", {"plan.json", "--yes", "--allow", "all"}).status == 0);
}

TEST_CASE("a step that fails says why, and nothing of its transaction stays", "[cli]") {
  const Shop shop("cli_failing");
  shop.sql("INSERT INTO a VALUES (101, NULL)");
  const Result failed = shop.tool("apply", {"--to", "strict.sql", "--yes", "--allow", "all"});
  expect_error(failed, "s002");
  CHECK_THAT(failed.err, Contains("contains null values"));
  const nlohmann::json status = shop.status();
  CHECK(status.at("in_progress").at("state") == "failed");
  CHECK(status.at("in_progress").at("steps").at(0).at("state") == "done");
  CHECK(status.at("in_progress").at("steps").at(1).at("state") == "failed");
  shop.sql("DELETE FROM a WHERE old IS NULL");
  expect(shop.tool("apply", {"--to", "strict.sql", "--yes"}), 0, "It is what strict.sql says.");
}

TEST_CASE("a production target asks for more", "[cli]") {
  const Shop shop("cli_production");
  const Approver ann(shop, "shop_ann"), bob(shop, "shop_bob");
  const auto config = [&](const std::string& more) {
    shop.scratch.write(
        "schemadiff.toml",
        "[targets]\nprod = \"" + shared_cluster().conninfo("cli_production") +
            "\"\nother = \"env:NOT_SET_HERE\"\n[production]\ntargets = [\"other\", \"prod\"]\n" +
            more);
  };
  const auto tool = [&](std::vector<std::string> arguments, const std::string& from = "prod") {
    arguments.insert(arguments.end(), {"--from", from});
    const Result result = shop.scratch.tool(std::move(arguments));
    return Result{result.status, result.err + result.out, {}};
  };
  config("");
  expect(tool({"apply", "--to", "two.sql", "--yes"}), kRefused, "its server is on this machine");
  config("localhost = true\n");
  expect(tool({"apply", "--to", "two.sql", "--yes"}), kRefused, "--confirm prod");
  expect(tool({"apply", "--to", "two.sql", "--yes", "--confirm", "prod"}), 0, "a superuser");
  expect(tool({"apply", "--to", "three.sql", "--yes", "--confirm", "prod", "--allow", "all"}),
         kRefused, "has to be approved by 2 people, and so has to be a file");
  expect(tool({"plan", "--to", "three.sql", "--format", "json", "-o", "plan.json"}), kPending, "");
  const std::vector<std::string> apply{"apply", "plan.json", "--yes", "--confirm", "prod"};
  const auto approve = [&](const Approver& approver, const std::string& name) {
    return tool({"apply", "plan.json", "--approve", "--author", name},
                shop.conninfo() + " user=" + approver.role());
  };
  expect(tool(apply), kRefused, "has to be approved by 2 people; nobody has");
  expect(approve(ann, "Ann"), kFailed, "role shop_ann may not approve plans: ");
  ann.is_let();
  bob.is_let();
  expect(approve(ann, "Ann"), 0, "Approved by Ann");
  expect(approve(ann, "Ann"), 0, "1 approval so far");
  expect(approve(ann, "Bob"), kRefused, "role shop_ann has approved this plan already, for Ann");
  expect(tool(apply), kRefused, "has to be approved by 2 people; shop_ann has");
  expect(approve(bob, "Bob"), 0, "2 approvals so far");
  // whatever is written, the server signs with who has written it
  const std::string forged =
      "INSERT INTO schemadiff.approvals (plan_digest, actor, name)"
      " VALUES ('x', 'shop_ann', 'Ann') RETURNING actor;\n";
  CHECK(shop.sql("SET SESSION AUTHORIZATION shop_bob;\n" + forged) == "shop_bob\n");
  expect(tool(apply), 0, "Applied 2 steps");
  CHECK(shop.sql("SELECT actor FROM schemadiff.audit WHERE action = 'approve' ORDER BY id") ==
        "shop_ann\nshop_ann\nshop_ann\nshop_bob\n");
  expect(tool({"rollback", "--yes"}), kRefused, "--confirm prod");
}

TEST_CASE("a target has a policy of its own", "[cli]") {
  const Shop shop("cli_policy");
  shop.scratch.write("schemadiff.toml",
                     "[targets]\nstage = \"" + shared_cluster().conninfo("cli_policy") +
                         "\"\n[policy.targets.stage]\nforbid = [\"drop-table\"]\n"
                         "approvals = { high = 1 }\n"
                         "[[policy.targets.stage.allow_drift]]\nobjects = \"public.a\"\n"
                         "reason = \"known\"\n");
  CHECK(shop.scratch.tool({"plan", "--from", "one.sql", "--to", "none.sql"}).status == kFailed);
  CHECK(shop.scratch.tool({"check", "--from", "stage", "--to", "three.sql"}).status ==
        kNothingToDo);
  CHECK(shop.scratch.tool({"check", "--from", "one.sql", "--to", "three.sql"}).status == kPending);
  // also where the target is named in another way
  const Result alone = shop.tool("apply", {"--to", "three.sql", "--yes", "--allow", "all"});
  CHECK(alone.status == kRefused);
  CHECK_THAT(alone.err, Contains("by the policy, a plan with steps of high risk has to be approved "
                                 "by somebody, and so has to be a file"));
  CHECK(shop.tool("plan", {"--to", "three.sql", "--format", "json", "-o", "plan.json"}).status ==
        kPending);
  CHECK(shop.tool("apply", {"plan.json", "--yes"}).status == kRefused);
  CHECK(shop.tool("apply", {"plan.json", "--approve", "--author", "ann"}).status == 0);
  expect(shop.tool("apply", {"plan.json", "--yes"}), 0, "Applied 2 steps");
}

TEST_CASE("a password is nowhere to be found", "[cli]") {
  const Shop shop("cli_secret");
  const Cluster& cluster = shared_cluster();
  const std::string secret = "s3cr3t-w0rd";
  const std::string with_password = cluster.conninfo("cli_secret") + " password=" + secret;
  std::string all;
  const auto add = [&](const std::vector<std::string>& arguments) {
    const Result result = shop.scratch.tool(arguments);
    all += result.out + result.err;
  };
  add({"plan", "--from", with_password, "--to", "two.sql", "--format", "json"});
  shop.sql("INSERT INTO a VALUES (101, NULL)");  // in the way of the second step
  add({"apply", "--from", with_password, "--to", "strict.sql", "--yes", "--allow", "all"});
  add({"status", "--from", with_password, "--format", "json"});
  add({"rollback", "--from", with_password, "--yes"});
  add({"history", "--from", with_password});
  const Result kept = run({.argv = {pg_program("pg_dump"), "--data-only", "--schema=schemadiff",
                                    cluster.conninfo("cli_secret")}});
  REQUIRE(kept.status == 0);
  CHECK_THAT(kept.out, Contains("ADD COLUMN note"));
  CHECK_THAT(all + kept.out, !Contains(secret));
}

}  // namespace schemadiff::testing
