// Migrations that somebody wrote: which statement each rule fires on, and that it does nowhere
// else.
#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "tests/judges/scratch.h"
#include "tests/judges/tool.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;
namespace fs = std::filesystem;

fs::path examples() { return source_directory() / "tests" / "lint" / "migrations"; }

// The lines that the file marks.
std::set<std::string> marked(const std::string& text) {
  std::set<std::string> lines;
  std::istringstream stream(text);
  unsigned number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.ends_with("-- fires")) lines.insert(std::to_string(number));
  }
  return lines;
}

// The lines of the migration on which the rule fires.
std::set<std::string> fires(const std::string& report, const std::string& rule) {
  std::set<std::string> lines;
  std::istringstream stream(report);
  for (std::string line; std::getline(stream, line);) {
    const std::size_t at = line.find(".sql:");
    if (at != std::string::npos && line.ends_with(" [" + rule + "]"))
      lines.insert(line.substr(at + 5, line.find(':', at + 5) - at - 5));
  }
  return lines;
}

}  // namespace

TEST_CASE("rules fire on the marked statements of migrations alone", "[reports]") {
  const Scratch scratch;
  scratch.write("schema.sql", read_file(examples() / "schema.sql"));
  std::size_t cases = 0;
  for (const auto& entry : fs::directory_iterator(examples())) {
    const std::string name = entry.path().stem();
    if (name == "schema") continue;
    INFO(name);
    const bool silent = name.ends_with("-silent");
    const std::string rule = silent ? name.substr(0, name.size() - 7) : name;
    const std::string text = read_file(entry.path());
    CHECK(marked(text).empty() == silent);
    CHECK(fs::exists(examples() / (rule + "-silent.sql")));
    scratch.write("202611211500_x.sql", text);
    const Result result = scratch.tool({"lint", "--from", "schema.sql", "202611211500_x.sql"});
    INFO(result.out << result.err);
    CHECK(result.err.empty());
    CHECK(fires(result.out, rule) == marked(text));
    ++cases;
  }
  CHECK(cases > 20);
}

TEST_CASE("a migration is named by the minute and what it does", "[reports]") {
  const Scratch scratch;
  scratch.write("schema.sql", "CREATE TABLE a (id bigint PRIMARY KEY);\n");
  const auto is_named = [&](const std::string& name) {
    scratch.write(name, "CREATE TABLE b (id bigint PRIMARY KEY);\n");
    const Result result = scratch.tool({"lint", "--from", "schema.sql", name});
    CHECK(result.status == kNothingToDo);  // a note
    return result.out.find("[migration-name]") == std::string::npos;
  };
  CHECK(is_named("202611211500_add_b.sql"));
  for (const char* name : {"V42__add_b.sql", "20261121_add_b.sql", "202613211500_add_b.sql",
                           "202611212500_add_b.sql", "202611211500_Add-b.sql", "202611211500.sql"})
    CHECK_FALSE(is_named(name));
  scratch.write("schemadiff.toml", "[lint]\nmigration-name = \"error\"\n");
  CHECK(scratch.tool({"lint", "--from", "schema.sql", "V42__add_b.sql"}).status == kPending);
  scratch.write("schemadiff.toml", "[lint]\nmigration-name = \"off\"\n");
  CHECK(scratch.tool({"lint", "--from", "schema.sql", "V42__add_b.sql"}).out ==
        "V42__add_b.sql: 0 errors, 0 warnings, 0 notes.\n");
}

TEST_CASE("statements on small tables are notes, and what is silenced does not count",
          "[reports]") {
  const Scratch scratch;
  const std::string name = "202611211500_index.sql";
  scratch.write("schema.sql", "CREATE TABLE a (id bigint PRIMARY KEY, b text);\n");
  scratch.write(name, "SET lock_timeout = '2s';\nCREATE INDEX ON a (b);\n");
  const auto lint = [&](const std::string& config) {
    scratch.write("schemadiff.toml", config);
    return scratch.tool({"lint", "--from", "schema.sql", name});
  };
  CHECK(lint("").status == kPending);
  CHECK_THAT(lint("[rules]\nscan-under-lock = \"high\"\n").out, Contains(": error: "));
  const Result silenced = lint(
      "[[silence]]\nrule = \"scan-under-lock\"\nobjects = \"public.a\"\nreason = \"at night\"\n");
  CHECK(silenced.status == kNothingToDo);
  CHECK_THAT(silenced.out, Contains("Because: at night"));
}

TEST_CASE("what a migration renames is not lost", "[reports]") {
  const Scratch scratch;
  scratch.write("schema.sql", read_file(examples() / "schema.sql"));
  scratch.write("202611211500_x.sql", read_file(examples() / "rename-in-place.sql"));
  const Result result = scratch.tool({"lint", "--from", "schema.sql", "202611211500_x.sql"});
  INFO(result.out);
  CHECK_THAT(result.out, Contains(": 0 errors, 2 warnings, 0 notes."));
}

TEST_CASE("a migration is held to the risk rules by what it changes", "[reports]") {
  const Scratch scratch;
  scratch.write("schema.sql", "CREATE TABLE a (id bigint PRIMARY KEY, b text);\n");
  scratch.write("up.sql",
                "ALTER TABLE a ADD COLUMN c int NOT NULL;\nALTER TABLE a DROP COLUMN b;\n");
  scratch.write("202611211500_fine.sql",
                "SET lock_timeout = '2s';\nALTER TABLE a ADD COLUMN c int;\n");
  const Result up = scratch.tool({"lint", "--from", "schema.sql", "up.sql"});
  CHECK(up.status == kPending);
  CHECK_THAT(up.out, Contains("[drop-column]"));
  CHECK_THAT(up.out, Contains("up.sql:1:26: error: column public.a.c [add-required-column]"));
  scratch.write(
      "many.sql",
      "BEGIN;\nSET lock_timeout = '2s';\nALTER TABLE a ADD COLUMN IF NOT EXISTS b text;\n"
      "CREATE INDEX a_b ON a (b);\nALTER TABLE a ADD CONSTRAINT known\n  CHECK (b <> '');\n"
      "ALTER TABLE a ADD CONSTRAINT later CHECK (id > 0) NOT VALID;\n"
      "CREATE TABLE fresh (id bigint PRIMARY KEY);\nCREATE INDEX ON fresh (id);\n"
      "DO $$BEGIN PERFORM 1; END$$;\nUPDATE a SET b = 'x';\nCOMMIT;\n"
      "CREATE INDEX CONCURRENTLY ON a (id, b);\n");
  const Result many = scratch.tool({"lint", "--from", "schema.sql", "many.sql"});
  CHECK(many.status == kPending);
  INFO(many.out);
  CHECK_THAT(many.out, Contains("many.sql:4:1: warning: index a_b on public.a [scan-under-lock]"));
  CHECK_THAT(many.out, Contains("many.sql:5:1: warning: constraint known on public.a "
                                "[scan-under-lock]"));
  CHECK_THAT(many.out, !Contains("later [scan-under-lock]") && !Contains(":8:1: warning") &&
                           !Contains(":9:1:") && !Contains("13:1: warning"));
  CHECK_THAT(many.out, Contains("many.sql:10:1: note: DO [not-judged]"));
  CHECK_THAT(many.out, Contains("many.sql:11:1: note: UPDATE [not-judged]"));
  scratch.write("again.sql", "ALTER TABLE a ADD COLUMN b text;\n");
  const Result again = scratch.tool({"lint", "--from", "schema.sql", "again.sql"});
  CHECK(again.status == kFailed);  // applied in part: it would fail
  CHECK_THAT(again.err, Contains("again.sql:1") && Contains("already exists"));
  const Result fine = scratch.tool({"lint", "--from", "schema.sql", "202611211500_fine.sql"});
  CHECK(fine.status == kNothingToDo);
  CHECK(fine.out == "202611211500_fine.sql: 0 errors, 0 warnings, 0 notes.\n");
}

}  // namespace schemadiff::testing
