// What a live database is asked while a plan is made, and what the plan says of it.
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/judges/scratch.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;

constexpr const char* kDatabase = "cli_probes";

// Plans from a database with these tables and rows to the schema, beside these files.
nlohmann::json planned(const std::string& setup, const std::string& to,
                       std::vector<std::string> flags = {},
                       const std::map<std::string, std::string>& files = {}) {
  const Scratch scratch;
  for (const auto& [name, text] : files) scratch.write(name, text);
  const Cluster& cluster = shared_cluster();
  cluster.create_database(kDatabase);
  const Result ready = cluster.psql(kDatabase, setup);
  INFO(ready.err);
  REQUIRE(ready.status == 0);
  scratch.write("to.sql", to);
  std::vector<std::string> arguments{
      "plan", "--from", cluster.conninfo(kDatabase), "--to", "to.sql", "--format", "json"};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  const Result result = scratch.tool(arguments);
  cluster.drop_database(kDatabase);
  INFO(result.err);
  REQUIRE(result.status == kPending);
  return nlohmann::json::parse(result.out);
}

// The one pre-check of that kind, with its step.
struct Found {
  nlohmann::json step, check;
};
Found found(const nlohmann::json& plan, const std::string& counts) {
  std::vector<Found> all;
  for (const nlohmann::json& step : plan.at("steps"))
    for (const nlohmann::json& check : step.value("pre_checks", nlohmann::json::array()))
      if (check.at("counts") == counts) all.push_back({step, check});
  INFO(plan.dump(2));
  REQUIRE(all.size() == 1);
  return all[0];
}

// Of the rule for rows in the way; empty: it is silent.
std::string message(const nlohmann::json& step) {
  for (const nlohmann::json& rule : step.at("rules"))
    if (rule.at("id") == "rows-in-the-way") {
      CHECK(rule.at("risk") == "high");
      return rule.at("message");
    }
  return {};
}

constexpr const char* kLarge = "[tables.\"public.t\"]\nrows = 1_000_000\nbytes = \"500 MiB\"\n";

}  // namespace

TEST_CASE("rows that stand in the way are counted", "[cli]") {
  struct Case {
    std::string setup, to, counts;
    int rows;
    std::string words;
  };
  const Case cases[] = {
      {"CREATE TABLE t (a int); INSERT INTO t VALUES (NULL), (1), (NULL), (NULL);",
       "CREATE TABLE t (a int NOT NULL);", "nulls", 3,
       "3 rows are NULL in the column: the step will fail until they are filled."},
      {"CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 1), (1, 1), (1, 2), (2, NULL), (2, "
       "NULL);",
       "CREATE TABLE t (a int, b int, UNIQUE (a, b));", "duplicates", 1,
       "1 key is there more than once"},
      {"CREATE TABLE t (a text); INSERT INTO t VALUES ('x'), ('X'), ('y'), (NULL), (NULL);",
       "CREATE TABLE t (a text); CREATE UNIQUE INDEX i ON t (lower(a)) WHERE a <> 'y';",
       "duplicates", 1, "1 key is there more than once"},
      {"CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int); INSERT INTO p VALUES (1);"
       "INSERT INTO t VALUES (1), (2), (3), (NULL);",
       "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES p);", "orphans", 2,
       "2 rows refer to nothing"},
      {"CREATE TABLE p (x int, y int, UNIQUE (x, y)); CREATE TABLE t (a int, b int);"
       "INSERT INTO p VALUES (1, 1);"
       "INSERT INTO t VALUES (1, 1), (1, NULL), (NULL, NULL), (2, 2);",
       "CREATE TABLE p (x int, y int, UNIQUE (x, y)); CREATE TABLE t (a int, b int,"
       "FOREIGN KEY (a, b) REFERENCES p (x, y) MATCH FULL);",
       "orphans", 2, "2 rows refer to nothing"},
      {"CREATE TABLE t (a int); INSERT INTO t VALUES (1), (-1), (NULL);",
       "CREATE TABLE t (a int CHECK (a > 0));", "violations", 1, "1 row breaks the constraint"},
      {"CREATE TABLE t (a text); INSERT INTO t VALUES ('abc'), ('abcd'), ('abc  '), (NULL);",
       "CREATE TABLE t (a varchar(3));", "misfits", 1, "1 value does not fit the new type"},
      {"CREATE TABLE t (a bigint); INSERT INTO t VALUES (40000), (-32768), (32767), (NULL);",
       "CREATE TABLE t (a smallint);", "misfits", 1, "1 value does not fit"},
      {"CREATE TABLE t (a numeric); INSERT INTO t VALUES (99.99), (100), (1.234), ('NaN'), (NULL);",
       "CREATE TABLE t (a numeric(4,2));", "misfits", 2, "2 values do not fit"},
      {"CREATE TABLE t (a text); INSERT INTO t VALUES (' 12 '), ('-1'), ('x'), ('9999999999'), "
       "(NULL);",
       "CREATE TABLE t (a integer);", "misfits", 2, "2 values do not fit"},
  };
  for (const Case& each : cases) {
    INFO(each.setup << "\n" << each.to);
    const Found result = found(planned(each.setup, each.to), each.counts);
    CHECK(result.check.at("found") == each.rows);
    CHECK(result.check.at("expected") == 0);
    CHECK(result.step.at("risk") == "high");
    CHECK_THAT(message(result.step), Contains(each.words));
  }
}

TEST_CASE("rows with a value that goes are an error with the line to write", "[cli]") {
  const Cluster& cluster = shared_cluster();
  cluster.create_database(kDatabase);
  REQUIRE(
      cluster
          .psql(
              kDatabase,
              "CREATE TYPE mood AS ENUM ('good', 'bad', 'sad'); CREATE TABLE t (a mood, b "
              "mood[]); INSERT INTO t VALUES ('sad', '{}'), ('good', '{sad,good}'), (NULL, NULL);")
          .status == 0);
  const Scratch scratch;
  const auto planned_to = [&](const std::string& hint) {
    scratch.write("to.sql", hint +
                                "CREATE TYPE mood AS ENUM ('good', 'bad');\n"
                                "CREATE TABLE t (a mood, b mood[]);\n");
    return scratch.tool({"plan", "--from", cluster.conninfo(kDatabase), "--to", "to.sql"});
  };
  const Result refused = planned_to("");
  CHECK(refused.status == kFailed);
  CHECK_THAT(refused.err, Contains("to.sql:1:1"));
  CHECK_THAT(refused.err, Contains("1 row of public.t has a value"));
  CHECK_THAT(refused.err, Contains("-- schemadiff: map=sad:VALUE"));
  const Result mapped = planned_to("-- schemadiff: map=sad:bad\n");
  CHECK(mapped.status == kPending);
  CHECK_THAT(mapped.out, Contains("'sad' THEN 'bad'"));
  cluster.drop_database(kDatabase);
}

TEST_CASE("a plan says that no rows stand in its way", "[cli]") {
  const nlohmann::json plan = planned("CREATE TABLE t (a int); INSERT INTO t VALUES (1);",
                                      "CREATE TABLE t (a int CHECK (a > 0));",
                                      {"--facts", "facts.toml"}, {{"facts.toml", kLarge}});
  const Found result = found(plan, "violations");
  CHECK(result.check.at("found") == 0);
  CHECK(message(result.step).empty());
  CHECK_THAT(result.step.at("rules").dump(), Contains("there was none when the plan was made"));
}

TEST_CASE("what cannot be counted is a note", "[cli]") {
  const std::string setup = "CREATE TABLE t (a int); INSERT INTO t VALUES (0);";
  const std::string to = "CREATE TABLE t (a int CHECK (1 / a > 0));";
  const nlohmann::json plan = planned(setup, to);
  CHECK(found(plan, "violations").check.at("found").is_null());
  CHECK_THAT(plan.at("notes").dump(),
             Contains("were not counted: the server refused the query, SQLSTATE 22012"));

  const nlohmann::json slow = planned(
      "CREATE FUNCTION slow(int) RETURNS boolean LANGUAGE sql AS 'SELECT pg_sleep(60) IS NULL';" +
          setup,
      "CREATE FUNCTION slow(int) RETURNS boolean LANGUAGE sql AS 'SELECT pg_sleep(60) IS NULL';"
      "CREATE TABLE t (a int CHECK (slow(a)));");
  CHECK_THAT(slow.at("notes").dump(), Contains("it took too long"));

  const nlohmann::json silent = planned(setup, to, {"--no-probe"});
  CHECK(found(silent, "violations").check.at("found").is_null());
  CHECK_THAT(silent.at("notes").dump(), !Contains("counted"));
}

TEST_CASE("values of rows are not shown", "[cli]") {
  const nlohmann::json plan =
      planned("CREATE TABLE t (a text); INSERT INTO t VALUES ('s3cr3t'), ('s3cr3t');",
              "CREATE TABLE t (a text UNIQUE, CHECK (a::int > 0));");
  CHECK_THAT(plan.dump(), !Contains("s3cr3t"));
}

TEST_CASE("probes are configured", "[cli]") {
  const std::string setup = "CREATE TABLE t (a int); INSERT INTO t VALUES (NULL);";
  const std::string to = "CREATE TABLE t (a int NOT NULL);";
  const auto with = [&](const std::string& config) {
    return planned(setup, to, {"--config", "probes.toml"}, {{"probes.toml", config}});
  };
  CHECK(found(with("probes = false\n"), "nulls").check.at("found").is_null());
  const nlohmann::json small = with("[probes]\nseconds = 1\nmax_bytes = 100\n");
  CHECK(found(small, "nulls").check.at("found").is_null());
  CHECK_THAT(small.at("notes").dump(), Contains("above the size for probes: public.t"));
}

TEST_CASE("rows that need values and have none are an error with the line to write", "[cli]") {
  const Scratch scratch;
  scratch.write("from.sql", "CREATE TABLE t (id bigint PRIMARY KEY);\n");
  scratch.write("to.sql", "CREATE TABLE t (\n  id bigint PRIMARY KEY,\n  a text NOT NULL\n);\n");
  scratch.write("facts.toml", kLarge);
  const std::vector<std::string> plan{"plan", "--from", "from.sql", "--to", "to.sql"};
  const auto with = [&](std::vector<std::string> flags) {
    flags.insert(flags.begin(), plan.begin(), plan.end());
    return scratch.tool(flags);
  };
  CHECK(with({}).status == kPending);
  const Result refused = with({"--facts", "facts.toml"});
  CHECK(refused.status == kFailed);
  CHECK_THAT(refused.err, Contains("to.sql:3:3"));
  CHECK_THAT(refused.err, Contains("-- schemadiff: backfill=EXPRESSION"));

  scratch.write("schemadiff.toml", "[[hint]]\nobject = \"public.t.a\"\nbackfill = \"'none'\"\n");
  const Result filled = with({"--facts", "facts.toml"});
  CHECK(filled.status == kPending);
  CHECK_THAT(filled.out, Contains("SET a = ('none')"));
}

TEST_CASE("a hint of the config has to mean a column", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", "CREATE TABLE t (id bigint PRIMARY KEY, email text);\n");
  const auto refusal = [&](const std::string& config) {
    scratch.write("schemadiff.toml", config);
    const Result result = scratch.tool({"plan", "--from", "one.sql", "--to", "one.sql"});
    CHECK(result.status == kFailed);
    return result.err;
  };
  const std::string unknown = refusal("[[hint]]\nobject = \"public.t.emial\"\nbackfill = \"1\"\n");
  CHECK_THAT(unknown, Contains("schemadiff.toml:2"));
  CHECK_THAT(unknown, Contains("public.t.email"));
  CHECK_THAT(refusal("[[hint]]\nobject = \"public.t.email\"\nbackfil = \"1\"\n"),
             Contains("backfill"));
  CHECK_THAT(refusal("[[hint]]\nobject = \"public.t.email\"\nbackfill = \"1;\"\n"),
             Contains("no expression"));
  CHECK_THAT(refusal("[[hint]]\nobject = \"public.t.email\"\n"),
             Contains("backfill, lookup_of, map, rename_value, renamed_from, repartition"));
}

}  // namespace schemadiff::testing
