#include "engine/apply/replication.h"

#include <fmt/format.h>

#include "schema/facts.h"

namespace schemadiff::engine {

using schema::introspection::Rows;

std::string standby_behind(schema::introspection::Session& session, const LagLimit& limit) {
  if (limit.seconds <= 0 && limit.bytes <= 0) return {};
  Rows rows = session.execute(
      "SELECT coalesce(nullif(application_name, ''), 'of backend ' || pid),"
      " coalesce(extract(epoch FROM replay_lag), 0)::float8 AS seconds,"
      " coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0)::bigint AS bytes"
      " FROM pg_stat_replication ORDER BY bytes DESC");
  while (rows.next()) {
    const std::string name = rows.text();
    const double seconds = rows.real();
    const std::int64_t bytes = rows.integer();
    if ((limit.seconds > 0 && seconds > limit.seconds) || (limit.bytes > 0 && bytes > limit.bytes))
      return fmt::format("standby {} is {:.0f} s and {} behind", name, seconds,
                         schema::in_words(schema::TableFacts{{}, bytes, {}, {}}));
  }
  return {};
}

}  // namespace schemadiff::engine
