#include "cli/report/script_locks.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/apply/patience.h"
#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

// LOCK would hand the lock of a view on to the tables behind it, and knows no materialized views:
// for those there is what locks them and changes nothing. They come first, as whoever reads them
// locks them before their tables.
constexpr std::string_view kLocks = R"(DO $schemadiff$DECLARE
  one text;
  deadlock_ms int := (SELECT setting FROM pg_settings WHERE name = 'deadlock_timeout');
BEGIN
  IF {is_done} THEN
    RETURN;
  END IF;
  FOR try IN 0 .. {retries} LOOP
    BEGIN
      -- who waits with locks in hand gives way before the server ends somebody else's transaction
      PERFORM set_config('lock_timeout', least(2000, deadlock_ms / 2, {patience} * 2 ^ try)::int::text, true);
      FOR one IN
        SELECT CASE WHEN relkind IN ('v', 'm') THEN format('ALTER TABLE %s OWNER TO %I', name, pg_get_userbyid(relowner))
                    ELSE format('LOCK TABLE ONLY %s IN %s MODE', name, mode) END
        FROM (VALUES
{values}) AS l(place, name, mode) JOIN pg_class AS c ON c.oid = to_regclass(name)
        WHERE relkind IN ('r', 'p') OR relkind IN ('v', 'm') AND mode = 'ACCESS EXCLUSIVE'
        ORDER BY relkind NOT IN ('v', 'm'), place
      LOOP
        EXECUTE one;
      END LOOP;
      RETURN;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      IF try = {retries} THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM,
          HINT = 'Run the script again when the database is less busy: it goes on from here.';
      END IF;
    END;
    PERFORM pg_sleep(least({longest_pause}, {pause} * 2 ^ try) * (0.5 + random() / 2));
  END LOOP;
END$schemadiff$;
)";

}  // namespace

std::string take_locks(const std::vector<const engine::Step*>& steps, const std::string& is_done) {
  std::vector<std::string> rows;
  const auto add = [&](const std::string& relation, const std::string& mode) {
    std::string row = schema::quote_literal(relation) + ", " + schema::quote_literal(mode);
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(std::move(row));
  };
  for (const engine::Step* step : steps) {
    for (const std::string& relation : step->lock.relations) add(relation, step->lock.mode);
    for (const engine::RelationLock& weaker : step->lock.weaker) add(weaker.relation, weaker.mode);
  }
  if (rows.empty()) return {};
  std::string values;
  for (std::size_t i = 0; i < rows.size(); ++i)
    values += fmt::format("{}        ({}, {})", i > 0 ? ",\n" : "", i + 1, rows[i]);
  return fmt::format(kLocks, fmt::arg("is_done", is_done), fmt::arg("retries", engine::kRetries),
                     fmt::arg("patience", engine::kFirstPatience * 1000),
                     fmt::arg("values", values), fmt::arg("longest_pause", engine::kLongestPause),
                     fmt::arg("pause", engine::kFirstPause));
}

}  // namespace schemadiff::cli
