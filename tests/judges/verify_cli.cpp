// plan --verify from outside: what a server has proved, what it could not, and what it refutes.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/judges/scratch.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;

struct Pair {
  std::string from, to;
};

Result verified(const Pair& pair, const std::string& format) {
  const Scratch scratch;
  scratch.write("from.sql", pair.from);
  scratch.write("to.sql", pair.to);
  return scratch.tool({"plan", "--from", "from.sql", "--to", "to.sql", "--verify", "--shadow",
                       shared_cluster().conninfo("postgres"), "--format", format});
}

nlohmann::json verification(const Pair& pair, int status = kPending) {
  const Result result = verified(pair, "json");
  INFO(result.err << result.out);
  CHECK(result.status == status);
  return nlohmann::json::parse(result.out).at("verification");
}

const Pair kPlain{"CREATE TABLE t (id bigint PRIMARY KEY, a text);\n",
                  "CREATE TABLE t (id bigint PRIMARY KEY, b text NOT NULL);\n"
                  "CREATE INDEX i ON t (b);\n"};

}  // namespace

TEST_CASE("a plan is proved there and back", "[cli]") {
  const nlohmann::json proof = verification(kPlain);
  CHECK(proof.at("converges").at("answer") == "yes");
  CHECK(proof.at("undo").at("answer") == "yes");
  CHECK_THAT(proof.at("server").get<std::string>(), Contains("temporary database"));
  for (const char* format : {"text", "markdown", "html", "sql"}) {
    INFO(format);
    const std::string told = verified(kPlain, format).out;
    CHECK_THAT(told, Contains("Converges: yes"));
    CHECK_THAT(told, Contains("Leads back by undo: yes"));
  }
}

TEST_CASE("tables and values that have new names are proved from their old ones", "[cli]") {
  const nlohmann::json proof = verification(
      {"CREATE TYPE state AS ENUM ('new', 'emailed');\n"
       "CREATE TABLE letters (id bigint PRIMARY KEY, state state DEFAULT 'emailed');\n",
       "CREATE TYPE state AS ENUM ('new', 'sent'); -- schemadiff: rename_value=emailed:sent\n"
       "CREATE TABLE posts ( -- schemadiff: renamed_from=letters\n"
       "  id bigint PRIMARY KEY, state state DEFAULT 'sent');\n"});
  CHECK(proof.at("converges").at("answer") == "yes");
  CHECK(proof.at("undo").at("answer") == "yes");
}

TEST_CASE("a way back that is not whole is not said to be proved", "[cli]") {
  const nlohmann::json proof = verification(
      {"CREATE TYPE state AS ENUM ('new');\n", "CREATE TYPE state AS ENUM ('new', 'sent');\n"});
  CHECK(proof.at("converges").at("answer") == "yes");
  CHECK(proof.at("undo").at("answer") == "unproven");
  CHECK_THAT(proof.at("undo").at("reasons").dump(), Contains("s001"));
}

TEST_CASE("what cannot run on the shadow is named, and nothing is said to be proved", "[cli]") {
  const nlohmann::json proof = verification(
      {"CREATE TABLE t (id bigint PRIMARY KEY);\n",
       "CREATE EXTENSION not_on_any_machine;\nCREATE TABLE t (id bigint PRIMARY KEY, a text);\n"});
  CHECK(proof.at("converges").at("answer") == "unproven");
  CHECK_THAT(proof.at("converges").at("reasons").dump(), Contains("not_on_any_machine"));
  CHECK(proof.at("undo").at("answer") == "unproven");
}

TEST_CASE("a plan that a server refuses is no plan", "[cli]") {
  // what refuses stands in the database, and no comparison of schemas sees what it does
  const std::string guard =
      "CREATE FUNCTION guard() RETURNS event_trigger LANGUAGE plpgsql AS "
      "$$BEGIN IF tg_tag = 'ALTER TABLE' THEN RAISE 'not on my watch'; END IF; END$$;\n"
      "CREATE EVENT TRIGGER guard ON ddl_command_start EXECUTE FUNCTION guard();\n";
  const Pair pair{"CREATE TABLE t (id bigint PRIMARY KEY);\n" + guard,
                  "CREATE TABLE t (id bigint PRIMARY KEY, a text);\n" + guard};
  const nlohmann::json proof = verification(pair, kFailed);
  CHECK(proof.at("converges").at("answer") == "no");
  CHECK_THAT(proof.at("converges").at("reasons").dump(), Contains("not on my watch"));
  CHECK_THAT(verified(pair, "text").err, Contains("Converges: no"));
}

}  // namespace schemadiff::testing
