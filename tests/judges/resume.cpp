// A plan that stops in the midst leaves the database where a new plan goes on.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/judges/agreement.h"
#include "tests/judges/findings.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/sql_text.h"

namespace schemadiff::testing {
namespace {

// A transaction of a plan, as text, and whether a phase ends with it.
struct Part {
  std::string sql;
  bool ends_phase = false;
};

std::vector<Part> parts_of(const nlohmann::json& plan) {
  std::vector<Part> parts;
  int transaction = 0;
  std::string phase;
  for (const nlohmann::json& step : plan.at("steps")) {
    const nlohmann::json& where = step.at("transaction");
    if (where.at("number").get<int>() != transaction) {
      if (!parts.empty()) parts.back().ends_phase = phase != step.at("phase");
      parts.emplace_back();
    }
    transaction = where.at("number").get<int>();
    phase = step.at("phase");
    parts.back().sql += step.at("sql").get<std::string>() + "\n";
  }
  return parts;
}

// In the long form after each transaction, else after each phase.
bool stops_after(const Part& part) { return part.ends_phase || long_form(); }

void judge(const Fixture& fixture, unsigned worker, Findings& findings) {
  const bool passed_over =
      !long_form() && (fixture.is_risk() || std::hash<std::string>()(fixture.name) % 4 != 0);
  if (fixture.is_error() || passed_over) return;
  const Cluster& cluster = shared_cluster();
  const std::string database = "stopped_" + std::to_string(worker);
  const std::string live = cluster.conninfo(database);
  const auto large = source_directory() / "tests/judges/large_tables.toml";
  build(database, fixture.from());
  const Result planned = run_plan(live, fixture.to(), "json", {}, large);
  if (planned.status != kPending) return;
  const nlohmann::json plan = nlohmann::json::parse(planned.out);
  const std::vector<Part> parts = parts_of(plan);
  std::optional<Dump> goal;
  for (std::size_t stop = 0; stop + 1 < parts.size(); ++stop) {
    if (!stops_after(parts[stop])) continue;
    const std::string place =
        fixture.name + " stopped after transaction " + std::to_string(stop + 1);
    if (!goal) goal = build("goal_" + std::to_string(worker), fixture.to());
    const Dump start = build(database, fixture.from());
    std::string done = "SET check_function_bodies = off;\n";
    for (std::size_t i = 0; i <= stop; ++i) done += parts[i].sql;
    if (const Result applied = cluster.psql(database, done); applied.status != 0) {
      findings.fail(place, applied.err);
      continue;
    }
    const Result rest = run_plan(live, fixture.to(), "sql", {}, large);
    if (rest.status != kPending && rest.status != kNothingToDo) {
      findings.fail(place, "plan: " + rest.err);
      continue;
    }
    const Result applied = cluster.psql(database, rest.out);
    if (applied.status != 0)
      findings.fail(place, "apply: " + applied.err + rest.out);
    else if (const Dump got = shared_ground().dump(cluster, database);
             got != *goal && !owns_up(planned))
      findings.fail(place, "result:\n" + difference(*goal, got) + rest.out);
  }
}

}  // namespace

TEST_CASE("a plan that was stopped is finished by a new one", "[resume]") {
  Findings findings;
  for_each_parallel(fixtures(), 2, findings, [&](const Fixture& fixture, unsigned worker) {
    judge(fixture, worker, findings);
  });
  report(findings);
}

}  // namespace schemadiff::testing
