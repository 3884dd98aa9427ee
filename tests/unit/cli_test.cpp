// Arguments, secrets, patterns, errors and reports, without files or servers.
#include <catch2/catch.hpp>

#include "cli/conninfo.h"
#include "cli/narrow.h"
#include "cli/nearest.h"
#include "cli/options.h"
#include "cli/report/report.h"

namespace schemadiff::cli {
namespace {

using Catch::Matchers::Contains;

Options options(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "schemadiff");
  return parse_options(static_cast<int>(arguments.size()), arguments.data());
}

std::string failure(std::vector<const char*> arguments) {
  try {
    options(std::move(arguments));
  } catch (const Error& error) {
    return error.message + "; " + error.hint;
  }
  return "no error";
}

engine::Step a_step() {
  engine::Step step;
  step.id = "s001";
  step.object = {schema::Kind::Column, "public", "t", "note", ""};
  step.sql = {"ALTER TABLE public.t ADD COLUMN note text"};
  step.undo = {"ALTER TABLE public.t DROP COLUMN note"};
  step.why = "The column is new.";
  step.lock = {"ACCESS EXCLUSIVE", {"public.t"}, {}, true, true, false, false};
  step.transaction = 1;
  return step;
}

Comparison some_sides() {
  Comparison sides;
  sides.from.description = "old.sql";
  sides.to.description = "new.sql";
  return sides;
}

}  // namespace

TEST_CASE("arguments become options") {
  const Options o = options({"plan", "--from", "a", "--to", "b", "--format", "json", "--schema",
                             "x", "--schema", "y.*", "--no-owner", "--reverse"});
  CHECK(o.command == Command::Plan);
  CHECK(o.format == Format::Json);
  CHECK(o.schemas == std::vector<std::string>{"x", "y.*"});
  CHECK(o.owners == Manage::Ignore);
  CHECK(o.privileges == Manage::Auto);
  CHECK(o.reverse);
  CHECK(options({"dump", "--schema", "x", "src"}).from == "src");
  CHECK(options({"debug", "graph", "--from", "a"}).command == Command::DebugGraph);
}

TEST_CASE("what is not understood is named with the nearest that is") {
  CHECK_THAT(failure({"plan", "--formt", "json"}), Contains("--formt") && Contains("--format?"));
  CHECK_THAT(failure({"plan", "--format", "jsn"}), Contains("json?"));
  CHECK_THAT(failure({"chek"}), Contains("check?"));
  CHECK_THAT(failure({"check", "--format", "sql"}), Contains("text or json"));
  CHECK_THAT(failure({"plan", "stray"}), Contains("\"stray\""));
  CHECK_THAT(failure({}), Contains("needs a command"));
  CHECK_THAT(failure({"plan", "--from"}), Contains("--from"));
  CHECK(nearest("zzzzzz", {"plan", "check"}).empty());
}

TEST_CASE("passwords are masked wherever they stand") {
  CHECK(without_secrets("at postgres://me:geheim@host/db?x=1") ==
        "at postgres://me:***@host/db?x=1");
  CHECK(without_secrets("postgres://me:p@ss@host/db") == "postgres://me:***@host/db");
  CHECK(without_secrets("host=h password='a b' dbname=d") == "host=h password=*** dbname=d");
  CHECK(without_secrets("postgres://h/db?password=x&y=1") == "postgres://h/db?password=***&y=1");
  CHECK(without_secrets("postgres://me@host/db") == "postgres://me@host/db");
  CHECK(describe_conninfo("postgres://me:geheim@host:5433/db") == "database db on host:5433");
  CHECK(holds_password("host=h password=x"));
  CHECK_FALSE(holds_password("host=h"));
  CHECK_FALSE(is_conninfo("a=b"));
}

TEST_CASE("patterns know stars and question marks") {
  CHECK(matches("*", ""));
  CHECK(matches("a*c", "abbc"));
  CHECK(matches("a*b*c", "aXbXbYc"));
  CHECK(matches("t_?", "t_1"));
  CHECK_FALSE(matches("t_?", "t_"));
  CHECK_FALSE(matches("a*c", "abcd"));
}

TEST_CASE("narrowing takes what stands on a table with the table") {
  schema::Catalog catalog;
  const auto table = [&](const char* schema, const char* name) {
    schema::Table t;
    t.id = {schema::Kind::Table, schema, "", name, ""};
    catalog.tables[t.id] = t;
    schema::Index i;
    i.id = {schema::Kind::Index, schema, "", std::string(name) + "_idx", ""};
    i.table = {schema, name};
    catalog.indexes[i.id] = i;
  };
  table("public", "a");
  table("public", "b");
  table("audit", "log");
  schema::Catalog narrowed = catalog;
  narrow(narrowed, {{}, {"audit"}});
  CHECK(narrowed.tables.size() == 2);
  CHECK(narrowed.indexes.size() == 2);
  narrow(narrowed, {{"public.a"}, {}});
  REQUIRE(narrowed.tables.size() == 1);
  CHECK(narrowed.tables.begin()->first.name == "a");
  REQUIRE(narrowed.indexes.size() == 1);
  CHECK(narrowed.indexes.begin()->first.name == "a_idx");
  CHECK(matches_any(catalog, "aud*"));
  CHECK_FALSE(matches_any(catalog, "nothing"));
}

TEST_CASE("an error shows the line and a caret under its column") {
  Error error("something is wrong", "mend it");
  error.file = "a.sql";
  error.line = 12;
  error.column = 4;
  error.source_line = "ä\tb cd";
  CHECK(error_text(error, {}) ==
        "error: something is wrong\n  --> a.sql:12:4\n   |\n12 | ä\tb cd\n   |  \t ^\nhint: mend "
        "it\n");
  error.source_line = std::string(500, 'x');
  error.column = 300;
  CHECK(error_text(error, {}).size() < 400);
}

TEST_CASE("wrapped text keeps to its width") {
  CHECK(wrap("one two three", 8, 2, 0) == "one two\n  three\n");
  CHECK(wrap("ää öö üü", 5, 0, 0) == "ää öö\nüü\n");
  CHECK(wrap("", 5, 0, 0) == "\n");
}

TEST_CASE("a plan without steps says so in every form") {
  const engine::Plan plan;
  const Comparison sides = some_sides();
  CHECK_THAT(plan_text({plan, sides}, {}), Contains("No changes."));
  CHECK_THAT(plan_sql({plan, sides}), Contains("No changes.") && !Contains("BEGIN"));
  CHECK_THAT(plan_json({plan, sides}), Contains("\"steps\": []"));
}

TEST_CASE("steps of one transaction share it in SQL; others stand alone") {
  engine::Plan plan;
  plan.steps = {a_step(), a_step(), a_step(), a_step()};
  plan.steps[2].transaction = 2;
  plan.steps[2].in_transaction = false;
  plan.steps[3].transaction = 3;
  const Comparison sides = some_sides();
  std::string shape;
  const std::string sql = plan_sql({plan, sides});
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t end = sql.find('\n', at);
    const std::string line = sql.substr(at, end - at);
    if (line == "BEGIN;") shape += '(';
    if (line == "COMMIT;") shape += ')';
    if (line.starts_with("ALTER")) shape += 's';
    at = end + 1;
  }
  CHECK(shape == "(ss)s(s)");
}

TEST_CASE("nothing in a comment of the SQL can end the comment") {
  engine::Plan plan;
  plan.steps = {a_step()};
  plan.steps[0].why = "x\nDROP TABLE t; \r DROP TABLE u;";
  const Comparison sides = some_sides();
  CHECK_THAT(plan_sql({plan, sides}), !Contains("\nDROP") && !Contains("\r"));
}

TEST_CASE("gates stand between phases and nowhere else") {
  engine::Plan plan;
  plan.steps = {a_step()};
  const Comparison sides = some_sides();
  CHECK_THAT(plan_text({plan, sides}, {}), !Contains("deploy the new application"));
  plan.steps.push_back(a_step());
  plan.steps[1].phase = engine::Phase::Contract;
  CHECK_THAT(plan_text({plan, sides}, {}), Contains("deploy the new application here"));
}

TEST_CASE("a lock is told by what it holds up, and weaker ones beside it") {
  engine::LockClaim lock{"ACCESS EXCLUSIVE",
                         {"public.part"},
                         {{"public.whole", "SHARE UPDATE EXCLUSIVE"}},
                         true,
                         true};
  lock.scans = true;
  CHECK(lock_in_words(lock) ==
        "ACCESS EXCLUSIVE on public.part: reads and writes wait while the whole table is read; "
        "no more than SHARE UPDATE EXCLUSIVE on public.whole");
}

TEST_CASE("colour is asked for or absent") {
  engine::Plan plan;
  plan.steps = {a_step()};
  const Comparison sides = some_sides();
  CHECK_THAT(plan_text({plan, sides}, {80, false}), !Contains("\033["));
  CHECK_THAT(plan_text({plan, sides}, {80, true}), Contains("\033["));
}

TEST_CASE("names that are not UTF-8 do not break JSON") {
  engine::Plan plan;
  plan.steps = {a_step()};
  plan.steps[0].object.name = "na\xFFme";
  const Comparison sides = some_sides();
  CHECK_NOTHROW(plan_json({plan, sides}));
}

TEST_CASE("a check tells attributes, and leaves out what comes with its table") {
  Comparison sides = some_sides();
  std::vector<diff::Change> changes(3);
  changes[0].action = diff::Action::Create;
  changes[0].id = {schema::Kind::Table, "public", "", "t", ""};
  changes[1].action = diff::Action::Alter;
  changes[1].id = {schema::Kind::Column, "public", "u", "c", ""};
  changes[1].attributes = {{"type", "integer", "bigint"}};
  changes[2].action = diff::Action::Create;
  changes[2].id = {schema::Kind::Constraint, "public", "t", "t_pkey", ""};
  const std::string text = check_text({changes, sides}, {});
  CHECK_THAT(text, Contains("2 differences") && Contains("missing  table public.t") &&
                       Contains("integer → bigint") && !Contains("t_pkey"));
  CHECK_THAT(check_json({changes, sides}), Contains("t_pkey"));
}

}  // namespace schemadiff::cli
