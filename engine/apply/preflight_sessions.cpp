// Who is in the way of a plan's locks.
#include <fmt/format.h>

#include <set>

#include "engine/apply/preflight.h"
#include "schema/quote.h"

namespace schemadiff::engine {
namespace {

using schema::introspection::Rows;

// Transactions older than this are in the way of concurrent builds wherever they read, and those
// that hold a lock on a table of the plan are worth knowing much earlier. Seconds.
constexpr int kLong = 60, kLongOnTable = 5;

std::string tables_of(const std::vector<const Step*>& steps) {
  std::set<std::string> names;
  for (const Step* step : steps) {
    names.insert(step->lock.relations.begin(), step->lock.relations.end());
    for (const RelationLock& weaker : step->lock.weaker) names.insert(weaker.relation);
  }
  std::string list;
  for (const std::string& name : names)
    list += (list.empty() ? "" : ", ") + schema::quote_literal(name);
  return "ARRAY[" + list + "]::text[]";
}

std::string age(double seconds) {
  return seconds < 120 ? fmt::format("{:.0f} s", seconds)
                       : fmt::format("{:.0f} minutes", seconds / 60);
}

}  // namespace

std::vector<Finding> find_sessions(Session& session, const std::vector<const Step*>& steps) {
  std::vector<Finding> findings;
  Rows rows = session.execute(fmt::format(
      "SELECT pid, coalesce(usename, ''), coalesce(state, ''), age::float8, coalesce(tables, '')"
      " FROM (SELECT a.*, extract(epoch FROM clock_timestamp() - a.xact_start) AS age,"
      " (SELECT string_agg(DISTINCT name, ', ') FROM unnest({}) AS name JOIN pg_locks l"
      " ON l.relation = to_regclass(name) WHERE l.pid = a.pid AND l.granted) AS tables"
      " FROM pg_stat_activity a WHERE a.datname = current_database()"
      " AND a.pid <> pg_backend_pid()) AS s"
      " WHERE age > {} OR (age > {} AND tables IS NOT NULL)"
      " ORDER BY tables IS NULL, age DESC LIMIT 5",
      tables_of(steps), kLong, kLongOnTable));
  while (rows.next()) {
    const int pid = rows.number();
    const std::string role = rows.text();
    const std::string state = rows.text();
    const double seconds = rows.real();
    const std::string tables = rows.text();
    std::string what =
        fmt::format("backend {} of role {} has a transaction open for {}", pid, role, age(seconds));
    if (state.starts_with("idle")) what += ", " + state;
    what += tables.empty() ? ": concurrent builds may have to wait for it"
                           : ", and a lock on " + tables + ": steps may have to wait for it";
    findings.push_back({false, what, fmt::format("SELECT pg_terminate_backend({}) ends it", pid)});
  }
  Rows prepared = session.execute(fmt::format(
      "SELECT gid, owner FROM pg_prepared_xacts WHERE database = current_database()"
      " AND prepared < clock_timestamp() - interval '{} seconds' ORDER BY prepared LIMIT 5",
      kLongOnTable));
  while (prepared.next()) {
    const std::string gid = prepared.text();
    findings.push_back({false,
                        "prepared transaction " + gid + " of role " + prepared.text() +
                            " keeps its locks: steps may have to wait for it",
                        "COMMIT PREPARED or ROLLBACK PREPARED ends it"});
  }
  return findings;
}

}  // namespace schemadiff::engine
