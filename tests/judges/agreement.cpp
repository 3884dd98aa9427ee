// Plans are applied to throwaway databases, and pg_dump says where they led.
#include "tests/judges/agreement.h"

#include <stdexcept>

#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/sql_text.h"

namespace schemadiff::testing {
namespace {

// What a restored dump of the database dumps: PostgreSQL prints some definitions differently then.
Dump settled_dump(const std::string& database) {
  const Cluster& cluster = shared_cluster();
  const std::string settled = database + "_settled";
  cluster.create_database(settled);
  const Result restored = cluster.psql(settled, cluster.dump(database));
  if (restored.status != 0) throw std::runtime_error("restore: " + restored.err);
  Dump result = dump(settled);
  cluster.drop_database(settled);
  return result;
}

// What undo made of printed definitions is what the start becomes by dump and restore.
bool settles_as(const std::string& database, const std::filesystem::path& file) {
  const Dump got = settled_dump(database);
  build(database, file);
  return got == settled_dump(database);
}

}  // namespace

Dump dump(const std::string& database) { return normalise_dump(shared_cluster().dump(database)); }

Dump build(const std::string& database, const std::filesystem::path& file) {
  const Cluster& cluster = shared_cluster();
  cluster.create_database(database);
  const Result loaded = cluster.psql_file(database, file);
  if (loaded.status != 0) throw std::runtime_error(loaded.err);
  return dump(database);
}

namespace {

Verdict judge(const Leg& leg, const Result& sql, const std::filesystem::path& facts) {
  const Cluster& cluster = shared_cluster();
  const std::string live = cluster.conninfo(leg.database);
  if (sql.status != kPending && sql.status != kNothingToDo) return {{"plan: " + sql.err}, {}};
  const Result json = run_plan(live, leg.goal_source, "json", {}, facts);
  if (leg.start != leg.goal && sql.status == kNothingToDo)
    return {{"missed:\n" + difference(leg.goal, leg.start)}, {}};
  if (leg.start == leg.goal && sql.status == kPending) return {{"phantom:\n" + sql.out}, {}};
  const Result applied = cluster.psql(leg.database, sql.out);
  if (applied.status != 0) return {{"apply: " + applied.err + sql.out}, {}};
  Verdict verdict;
  if (const Dump got = dump(leg.database); got != leg.goal) {
    verdict.failures.push_back("result:\n" + difference(leg.goal, got) + sql.out);
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
  } else if (const Dump got = dump(leg.database);
             got != leg.start && !settles_as(leg.database, leg.start_file)) {
    verdict.failures.push_back("undo result:\n" + difference(leg.start, got) + back.sql);
  }
  return verdict;
}

}  // namespace

// The tables are empty, which calls for plain statements; as if they were large, for online ones.
Verdict judge(const Leg& leg) {
  const std::filesystem::path large = source_directory() / "tests/judges/large_tables.toml";
  const std::string live = shared_cluster().conninfo(leg.database);
  const Result plain = run_plan(live, leg.goal_source, "sql");
  const Result online = run_plan(live, leg.goal_source, "sql", {}, large);
  Verdict verdict = judge(leg, online, large);
  if (!verdict.failures.empty() || plain.out == online.out) return verdict;
  build(leg.database, leg.start_file);
  for (std::string& failure : judge(leg, plain, {}).failures)
    verdict.failures.push_back("empty tables: " + std::move(failure));
  return verdict;
}

std::optional<std::string> noise(const std::string& from, const std::string& to) {
  const Result plan = run_plan(from, to, "sql");
  if (plan.status == kNothingToDo) return std::nullopt;
  return "status " + std::to_string(plan.status) + "\n" + plan.err + plan.out;
}

}  // namespace schemadiff::testing
