// Whether what a plan writes fits on the disk.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "engine/apply/preflight.h"
#include "schema/facts.h"
#include "schema/quote.h"

namespace schemadiff::engine {
namespace {

using schema::introspection::Rows;
using schema::introspection::StatementError;

constexpr std::int64_t kWorthSaying = 64 * 1024 * 1024;  // where it is not known what is free

// What a step writes anew: the table with its indexes (also where each row gets a new version), or
// as much as the table at most (an index on it); empty: nothing to speak of.
std::string written_by(const Step& step) {
  const auto value = [&](const std::string& relation, bool whole) {
    return fmt::format("({}, {}, {})", schema::quote_literal(step.id),
                       schema::quote_literal(relation), whole);
  };
  if (step.backfill) return value(schema::quote_qualified(step.backfill->table), true);
  const bool builds = step.object.kind == schema::Kind::Index && !step.sql.empty() &&
                      step.sql.front().starts_with("CREATE ");
  std::string values;
  if (step.lock.rewrites || builds)
    for (const std::string& relation : step.lock.relations)
      values += (values.empty() ? "" : ", ") + value(relation, step.lock.rewrites);
  return values;
}

std::string in_words(std::int64_t bytes) {
  return schema::in_words(schema::TableFacts{{}, bytes, {}, {}});
}

// Only a Unix socket is sure to lead to a server that sees the disks that we see.
std::optional<std::int64_t> free_beside(bool by_socket, const std::string& data_directory) {
  if (!by_socket || data_directory.empty()) return std::nullopt;
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(data_directory, error);
  if (error) return std::nullopt;
  return static_cast<std::int64_t>(space.available);
}

}  // namespace

std::vector<Finding> find_lacking_room(Session& session, const std::vector<const Step*>& steps,
                                       std::optional<std::int64_t> free_bytes) {
  std::string values;
  for (const Step* step : steps)
    if (const std::string written = written_by(*step); !written.empty())
      values += (values.empty() ? "" : ", ") + written;
  if (values.empty()) return {};
  std::string which;
  std::int64_t needed = 0, database = 0, wal = 0;
  try {
    // the functions of size wait for whoever has locked a table
    Rows rows = session.execute(
        "SET lock_timeout = '2s'; WITH RECURSIVE written(step, name, whole) AS (VALUES " + values +
        "), all_of_it(step, id, whole) AS (SELECT step, to_regclass(name)::oid, whole FROM written"
        " UNION SELECT step, inhrelid, whole FROM pg_inherits JOIN all_of_it ON inhparent = id)"
        " SELECT coalesce(sum(CASE WHEN whole THEN pg_total_relation_size(id) ELSE"
        " pg_table_size(id) END), 0)::bigint, string_agg(DISTINCT step, ', '),"
        " pg_database_size(current_database()),"
        " pg_size_bytes(current_setting('max_wal_size')), inet_server_addr() IS NULL,"
        " (SELECT setting FROM pg_settings WHERE name = 'data_directory') FROM all_of_it");
    rows.next();
    needed = rows.integer();
    which = rows.text();
    database = rows.integer();
    wal = std::min(rows.integer(), needed);
    const bool by_socket = rows.flag();
    if (!free_bytes) free_bytes = free_beside(by_socket, rows.text());
  } catch (const StatementError& error) {
    return {{false, "how much the steps write is not known: " + error.message, {}}};
  }
  const std::string need = "the plan may write " + in_words(needed) + " (" + which + ")" +
                           (wal > 0 ? " and about " + in_words(wal) + " of WAL" : "");
  if (!free_bytes && needed >= kWorthSaying)
    return {{false, need + ", and what is free on the server's disk is not known",
             "--free-disk SIZE says it"}};
  if (!free_bytes || needed == 0) return {};
  const std::string free = in_words(*free_bytes) + " are free on the server's disk";
  if (*free_bytes < needed)
    return {{true, need + ", and " + free, "make room; --free-disk SIZE says it better"}};
  if (*free_bytes < needed + wal)
    return {{false, need + ", and " + free, "it fits only where WAL has a disk of its own"}};
  if (*free_bytes < database / 10)
    return {{false, free + ", less than a tenth of the database's " + in_words(database), {}}};
  return {};
}

}  // namespace schemadiff::engine
