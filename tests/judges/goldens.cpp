// Judge 1: what the tool says of each fixture is what a reader once accepted.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>

#include "tests/judges/tool.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

namespace fs = std::filesystem;

bool rewriting() { return std::getenv("SCHEMADIFF_REWRITE_GOLDENS") != nullptr; }

// Compares with the file, or writes it. The files that a case may have are gathered in `known`.
void check_golden(const Fixture& fixture, const std::string& file, const std::string& text,
                  std::set<std::string>& known) {
  known.insert(file);
  const fs::path path = fixture.directory / file;
  if (rewriting()) {
    write_file(path, text);
    return;
  }
  INFO(fixture.name << '/' << file << "; after reading the change: ./dev goldens");
  if (!fs::exists(path)) {
    FAIL_CHECK("no golden");
  } else {
    CHECK(read_file(path) == text);
  }
}

void check_case(const Fixture& fixture) {
  // data.sql is of judges 7 and 8
  std::set<std::string> known{"from.sql", "to.sql", "schemadiff.toml", "facts.toml", "data.sql"};
  for (const char* file : {"app_old.sql", "app_new.sql", "app_reads.sql", "check.sql"})
    if (fs::exists(fixture.directory / "app_old.sql")) known.insert(file);
  INFO(fixture.name);
  const Result sql = run_plan("from.sql", "to.sql", "sql", fixture.directory, fixture.facts());
  if (fixture.is_error()) {
    CHECK(sql.status == kFailed);
    CHECK(sql.out.empty());
    check_golden(fixture, "error.txt", sql.err, known);
  } else {
    INFO(sql.err);
    CHECK((sql.status == kPending || sql.status == kNothingToDo));
    const Result json = run_plan("from.sql", "to.sql", "json", fixture.directory, fixture.facts());
    CHECK(json.status == sql.status);
    if (sql.status == kPending || sql.status == kNothingToDo) {
      check_golden(fixture, "plan.sql", sql.out, known);
      check_golden(fixture, "plan.json", json.out, known);
    }
  }
  CHECK(read_file(fixture.to()).starts_with("-- "));
  for (const auto& entry : fs::directory_iterator(fixture.directory)) {
    const std::string file = entry.path().filename();
    if (known.contains(file)) continue;
    if (rewriting() && (file == "plan.sql" || file == "plan.json" || file == "error.txt")) {
      fs::remove(entry.path());
    } else {
      FAIL_CHECK("a file that no judge reads: " << entry.path().string());
    }
  }
}

}  // namespace

TEST_CASE("plans of the fixtures are their goldens", "[goldens]") {
  const std::vector<Fixture> all = fixtures();
  REQUIRE_FALSE(all.empty());
  for (const Fixture& fixture : all) check_case(fixture);
}

TEST_CASE("fixtures hold nothing but cases", "[goldens]") {
  for (const auto& group : fs::directory_iterator(fixtures_directory())) {
    INFO(group.path().string());
    if (!group.is_directory()) {
      CHECK(group.path().filename() == "roles.sql");
      continue;
    }
    for (const auto& entry : fs::directory_iterator(group)) {
      INFO(entry.path().string());
      CHECK(entry.is_directory());
      CHECK(fs::exists(entry.path() / "from.sql"));
      CHECK(fs::exists(entry.path() / "to.sql"));
    }
  }
}

}  // namespace schemadiff::testing
