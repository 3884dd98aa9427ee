// Judge 3: a plan leads PostgreSQL where the desired schema leads it, and its undo leads back.
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/judges/findings.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/sql_text.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

using Dump = std::vector<std::string>;

Dump dump(const std::string& database) { return normalise_dump(shared_cluster().dump(database)); }

// One way between two schemas: the database that stands at the start, and the texts of its goal.
struct Leg {
  std::string subject;
  std::string database;
  Dump start;
  Dump goal;
  std::filesystem::path goal_file;
};

// Runs the plan on the leg's database and the undo after it.
void judge(const Leg& leg, Findings& findings) {
  const Cluster& cluster = shared_cluster();
  const std::string live = cluster.conninfo(leg.database);
  const Result sql = run_plan(live, leg.goal_file, "sql");
  if (sql.status != kPending && sql.status != kNothingToDo) {
    findings.fail(leg.subject, "plan: " + sql.err);
    return;
  }
  const Result json = run_plan(live, leg.goal_file, "json");
  if (leg.start != leg.goal && sql.status == kNothingToDo) {
    findings.fail(leg.subject, "missed:\n" + difference(leg.goal, leg.start));
    return;
  }
  if (leg.start == leg.goal && sql.status == kPending) {
    findings.fail(leg.subject, "phantom:\n" + sql.out);
    return;
  }
  const Result applied = cluster.psql(leg.database, sql.out);
  if (applied.status != 0) {
    findings.fail(leg.subject, "apply: " + applied.err + sql.out);
    return;
  }
  if (const Dump got = dump(leg.database); got != leg.goal) {
    findings.fail(leg.subject, "result:\n" + difference(leg.goal, got) + sql.out);
  } else if (const Result again = run_plan(live, leg.goal_file, "sql");
             again.status != kNothingToDo) {
    findings.fail(leg.subject, "not settled: " + again.err + again.out);
  }
  const WayBack back = way_back(json.out);
  if (!back.missing.empty()) {
    for (const std::string& step : back.missing) findings.note(leg.subject, "no undo, " + step);
    return;
  }
  const Result undone = cluster.psql(leg.database, back.sql);
  if (undone.status != 0) {
    findings.fail(leg.subject, "undo: " + undone.err + back.sql);
  } else if (const Dump got = dump(leg.database); got != leg.start) {
    findings.fail(leg.subject, "undo result:\n" + difference(leg.start, got) + back.sql);
  }
}

// Fills a fresh database with the file and returns its dump.
Dump build(const std::string& database, const std::filesystem::path& file) {
  const Cluster& cluster = shared_cluster();
  cluster.create_database(database);
  const Result loaded = cluster.psql_file(database, file);
  if (loaded.status != 0) throw std::runtime_error(loaded.err);
  return dump(database);
}

void judge_both_ways(const Fixture& fixture, unsigned worker, Findings& findings) {
  if (fixture.is_error()) return;
  const std::string a = "from_" + std::to_string(worker);
  const std::string b = "to_" + std::to_string(worker);
  const Dump from = build(a, fixture.from());
  const Dump to = build(b, fixture.to());
  judge({fixture.name + " forward", a, from, to, fixture.to()}, findings);
  judge({fixture.name + " backward", b, to, from, fixture.from()}, findings);
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
    judge({schema.name + " created", "from_" + name, from, to, directory / "full.sql"}, findings);
    judge({schema.name + " dropped", "to_" + name, to, from, directory / "empty.sql"}, findings);
    std::filesystem::remove_all(directory);
  });
  report(findings);
}

}  // namespace schemadiff::testing
