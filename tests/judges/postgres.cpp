// Judge 3: a plan leads PostgreSQL where the desired schema leads it, and its undo leads back.
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/judges/agreement.h"
#include "tests/judges/findings.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

void judge_both_ways(const Fixture& fixture, unsigned worker, Findings& findings) {
  if (fixture.is_error()) return;
  // The short form leaves out some of it, by names, so that the rest stays when fixtures come. The
  // statements that rules judge are those of other fixtures, too.
  const std::size_t number = std::hash<std::string>()(fixture.name);
  const bool rule = fixture.is_risk() && !long_form();
  if (rule && number % 5 != 0) return;
  const std::string a = "from_" + std::to_string(worker);
  const std::string b = "to_" + std::to_string(worker);
  const Dump from = build(a, fixture.from());
  const Dump to = build(b, fixture.to());
  const bool small_too = long_form() || (!rule && number % 2 == 0);
  judge(fixture.name + " forward", {a, from, to, fixture.from(), fixture.to(), small_too},
        findings);
  if (rule || (!long_form() && (number % 3 == 0 || number % 4 == 1))) return;
  judge(fixture.name + " backward", {b, to, from, fixture.to(), fixture.from(), long_form()},
        findings);
}

}  // namespace

TEST_CASE("PostgreSQL agrees with the plans of the fixtures", "[postgres]") {
  Findings findings;
  for_each_parallel(fixtures(), 2, findings, [&](const Fixture& fixture, unsigned worker) {
    judge_both_ways(fixture, worker, findings);
  });
  report(findings);
}

// From nothing to a real schema is every object's creation; back is every object's drop.
TEST_CASE("PostgreSQL agrees with the plans of real schemas", "[postgres]") {
  Findings findings;
  for_each_parallel(corpus(), 2, findings, [&](const CorpusSchema& schema, unsigned worker) {
    const std::string name = std::to_string(worker);
    const std::string prelude = schema.prelude ? read_file(*schema.prelude) : "";
    const auto directory = std::filesystem::temp_directory_path() /
                           ("schemadiff-judge-" + std::to_string(getpid()) + "-" + name);
    std::filesystem::create_directories(directory);
    write_file(directory / "empty.sql", "-- nothing\n" + prelude);
    write_file(directory / "full.sql", prelude + read_file(schema.schema));
    const Dump from = build("from_" + name, directory / "empty.sql");
    const Dump to = build("to_" + name, directory / "full.sql");
    if (schema.runs_code) {
      write_file(directory / "full.sql", shared_cluster().dump("to_" + name));
      write_file(directory / "empty.sql", shared_cluster().dump("from_" + name));
    }
    judge(schema.name + " created",
          {"from_" + name, from, to, directory / "empty.sql", directory / "full.sql"}, findings);
    // A database says who owns what and who may; an empty file is silent on it and leaves it alone.
    const std::string nothing = "nothing_" + name;
    build(nothing, directory / "empty.sql");
    judge(schema.name + " dropped",
          {"to_" + name, to, from, directory / "full.sql", shared_cluster().conninfo(nothing)},
          findings);
    std::filesystem::remove_all(directory);
  });
  report(findings);
}

}  // namespace schemadiff::testing
