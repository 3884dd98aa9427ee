#include "engine/apply/preflight.h"

#include <fmt/format.h>

#include "schema/error.h"

namespace schemadiff::engine {

using schema::introspection::Rows;

std::vector<std::string> preflight(schema::introspection::Session& session) {
  Rows recovery = session.execute("SELECT pg_is_in_recovery()");
  recovery.next();
  if (recovery.flag())
    throw Error("the server is a standby, which takes no changes", "connect to its primary");
  Rows rows = session.execute(
      "SELECT pid, coalesce(usename, ''), extract(epoch FROM clock_timestamp() - xact_start)"
      " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
      " AND xact_start < clock_timestamp() - interval '1 minute' ORDER BY xact_start LIMIT 3");
  std::vector<std::string> notes;
  while (rows.next()) {
    const int pid = rows.number();
    const std::string role = rows.text();
    notes.push_back(
        fmt::format("backend {} of role {} has a transaction open for {:.0f} minutes: locks and "
                    "concurrent builds may have to wait for it",
                    pid, role, rows.real() / 60));
  }
  return notes;
}

}  // namespace schemadiff::engine
