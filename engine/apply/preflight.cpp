#include "engine/apply/preflight.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "schema/error.h"

namespace schemadiff::engine {
namespace {

using schema::introspection::Rows;

void refuse_standby(Session& session) {
  Rows recovery = session.execute("SELECT pg_is_in_recovery()");
  recovery.next();
  if (recovery.flag())
    throw Error("the server is a standby, which takes no changes", "connect to its primary");
}

std::vector<Finding> find_replication(Session& session, const LagLimit& limit) {
  std::vector<Finding> findings;
  if (const std::string behind = standby_behind(session, limit); !behind.empty())
    findings.push_back({false, behind, "backfills wait for it; other steps do not, and add to it"});
  Rows rows = session.execute(
      "SELECT 'the role may not see how far standbys are behind', 'GRANT pg_monitor allows it'"
      " WHERE EXISTS (SELECT FROM pg_stat_replication WHERE state IS NULL)"
      " UNION ALL SELECT 'nobody reads replication slot ' || slot_name,"
      " 'the server keeps all WAL for it: drop it if it is not needed any more'"
      " FROM pg_replication_slots WHERE NOT active AND restart_lsn IS NOT NULL");
  while (rows.next()) {
    const std::string what = rows.text();
    findings.push_back({false, what, rows.text()});
  }
  return findings;
}

}  // namespace

std::vector<Finding> preflight(Session& session, const std::vector<const Step*>& steps,
                               const PreflightSettings& settings) {
  refuse_standby(session);
  std::vector<Finding> findings;
  for (std::vector<Finding>& part : std::vector<std::vector<Finding>>{
           find_lacking_privileges(session, steps),
           find_lacking_room(session, steps, settings.free_bytes), find_sessions(session, steps),
           find_replication(session, settings.lag)})
    std::move(part.begin(), part.end(), std::back_inserter(findings));
  std::stable_partition(findings.begin(), findings.end(),
                        [](const Finding& finding) { return finding.refuses; });
  return findings;
}

}  // namespace schemadiff::engine
