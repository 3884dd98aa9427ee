// Plans are applied to throwaway databases, and PostgreSQL says where they led.
#include "tests/judges/agreement.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "tests/judges/tool.h"
#include "tests/support/paths.h"
#include "tests/support/sql_text.h"

namespace schemadiff::testing {
namespace {

Dump pg_dump(const Cluster& cluster, const std::string& database) {
  return normalise_dump(cluster.dump(database));
}

std::string pg_dump_script(const Cluster& cluster, const std::string& database) {
  return cluster.dump(database);
}

Dump system_catalogs(const Cluster& cluster, const std::string& database) {
  static const std::string query =
      read_file(source_directory() / "tests" / "judges" / "system_catalogs.sql");
  const Result answer = cluster.psql(database, query);
  if (answer.status != 0) throw std::runtime_error("system_catalogs.sql: " + answer.err);
  Dump facts;
  std::istringstream lines(answer.out);
  for (std::string line; std::getline(lines, line);) facts.push_back(line);
  std::sort(facts.begin(), facts.end());
  return facts;
}

std::string tool_script(const Cluster& cluster, const std::string& database) {
  Result dumped = run_dump(cluster.conninfo(database));
  if (dumped.status != 0) throw std::runtime_error("dump: " + dumped.err);
  return std::move(dumped.out);
}

// What undo made of printed definitions is what the start becomes by dump and restore.
bool settles_as(const std::string& database, const std::filesystem::path& file,
                const Ground& ground) {
  const Dump got = restored(database, ground);
  build(database, file, ground);
  return got == restored(database, ground);
}

}  // namespace

const Ground& shared_ground() {
  static const Ground ground{shared_cluster(), pg_dump, pg_dump_script};
  return ground;
}

Ground other_ground(const Cluster& cluster) { return {cluster, system_catalogs, tool_script}; }

Dump restored(const std::string& database, const Ground& ground) {
  const Cluster& cluster = ground.cluster;
  const std::string copy = database + "_restored";
  cluster.create_database(copy);
  const Result loaded = cluster.psql(copy, ground.script(cluster, database));
  if (loaded.status != 0) throw std::runtime_error("restore: " + loaded.err);
  Dump result = ground.dump(cluster, copy);
  cluster.drop_database(copy);
  return result;
}

Dump build(const std::string& database, const std::filesystem::path& file, const Ground& ground) {
  const Cluster& cluster = ground.cluster;
  cluster.create_database(database);
  const Result loaded = cluster.psql_file(database, file);
  if (loaded.status != 0) throw std::runtime_error(loaded.err);
  return ground.dump(cluster, database);
}

bool owns_up(const Result& plan) {
  return plan.out.find(" and shall be inherited only.") != std::string::npos ||
         plan.out.find(" inherited only stay the table's own.") != std::string::npos ||
         plan.out.find(" has its parents in another order,") != std::string::npos ||
         plan.out.find(" which means nothing for a partitioned table.") != std::string::npos;
}

namespace {

// No statement moves a column to another place in its table.
bool is_beyond_the_server(const std::string& error) {
  return error.find("its columns stand in another order") != std::string::npos;
}

Verdict judge(const Leg& leg, const Ground& ground, const Result& sql,
              const std::filesystem::path& facts) {
  const Cluster& cluster = ground.cluster;
  const std::string live = cluster.conninfo(leg.database);
  if (sql.status != kPending && sql.status != kNothingToDo)
    return is_beyond_the_server(sql.err) ? Verdict{{}, {"refused: " + sql.err}}
                                         : Verdict{{"plan: " + sql.err}, {}};
  const Result json = run_plan(live, leg.goal_source, "json", {}, facts);
  if (leg.start != leg.goal && sql.status == kNothingToDo) {
    const std::string missed = "missed:\n" + difference(leg.goal, leg.start);
    return owns_up(sql) ? Verdict{{}, {missed}} : Verdict{{missed}, {}};
  }
  if (leg.start == leg.goal && sql.status == kPending) return {{"phantom:\n" + sql.out}, {}};
  const Result applied = cluster.psql(leg.database, sql.out);
  if (applied.status != 0) return {{"apply: " + applied.err + sql.out}, {}};
  Verdict verdict;
  if (const Dump got = ground.dump(cluster, leg.database); got != leg.goal) {
    (owns_up(sql) ? verdict.notes : verdict.failures)
        .push_back("result:\n" + difference(leg.goal, got) + sql.out);
  } else if (const Result again = run_plan(live, leg.goal_source, "sql");
             again.status != kNothingToDo) {
    verdict.failures.push_back("not settled: " + again.err + again.out);
  }
  const WayBack back = way_back(json.out);
  if (!back.missing.empty()) {
    for (const std::string& step : back.missing) verdict.notes.push_back("no undo, " + step);
    return verdict;
  }
  const Result undone = cluster.psql(leg.database, back.sql);
  if (undone.status != 0) {
    verdict.failures.push_back("undo: " + undone.err + back.sql);
  } else if (const Dump got = ground.dump(cluster, leg.database);
             got != leg.start && !settles_as(leg.database, leg.start_file, ground)) {
    (owns_up(json) ? verdict.notes : verdict.failures)
        .push_back("undo result:\n" + difference(leg.start, got) + back.sql);
  }
  return verdict;
}

}  // namespace

// The tables are empty, which calls for plain statements; as if they were large, for online ones.
Verdict judge(const Leg& leg, const Ground& ground) {
  const std::filesystem::path large = source_directory() / "tests/judges/large_tables.toml";
  const std::string live = ground.cluster.conninfo(leg.database);
  const Result plain = run_plan(live, leg.goal_source, "sql");
  const Result online = run_plan(live, leg.goal_source, "sql", {}, large);
  Verdict verdict = judge(leg, ground, online, large);
  if (!verdict.failures.empty() || !leg.both_sizes || plain.out == online.out) return verdict;
  build(leg.database, leg.start_file, ground);
  for (std::string& failure : judge(leg, ground, plain, {}).failures)
    verdict.failures.push_back("empty tables: " + std::move(failure));
  return verdict;
}

void judge(const std::string& subject, const Leg& leg, Findings& findings) {
  const Verdict verdict = judge(leg);
  for (const std::string& failure : verdict.failures) findings.fail(subject, failure);
  for (const std::string& note : verdict.notes) findings.note(subject, note);
}

std::optional<std::string> noise(const std::string& from, const std::string& to) {
  const Result plan = run_plan(from, to, "sql");
  if (plan.status == kNothingToDo) return std::nullopt;
  return "status " + std::to_string(plan.status) + "\n" + plan.err + plan.out;
}

}  // namespace schemadiff::testing
