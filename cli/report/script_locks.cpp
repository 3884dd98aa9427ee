#include "cli/report/script_locks.h"

#include <fmt/format.h>

#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

constexpr int kTries = 10;

// Views would hand the lock on to their tables, and LOCK knows no other relations.
constexpr std::string_view kLocks = R"(DO $schemadiff$DECLARE
  one text;
BEGIN
  IF {} THEN
    RETURN;
  END IF;
  -- who waits with locks in hand gives way before the server ends somebody else's transaction
  PERFORM set_config('lock_timeout', least(2000, setting::int / 2)::text, true)
    FROM pg_settings WHERE name = 'deadlock_timeout';
  FOR try IN 1 .. {} LOOP
    BEGIN
      FOR one IN SELECT format('LOCK TABLE ONLY %s IN %s MODE', name, mode) FROM (VALUES
{}) AS l(name, mode) JOIN pg_class AS c ON c.oid = to_regclass(name) WHERE relkind IN ('r', 'p') LOOP
        EXECUTE one;
      END LOOP;
      RETURN;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      IF try = {} THEN
        RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM,
          HINT = 'Run the script again when the database is less busy: it goes on from here.';
      END IF;
    END;
    PERFORM pg_sleep(least(10, 0.25 * 2 ^ try) * (0.5 + random() / 2));
  END LOOP;
END$schemadiff$;
)";

}  // namespace

std::string take_locks(const std::vector<const engine::Step*>& steps, const std::string& is_done) {
  std::string values;
  const auto add = [&](const std::string& relation, const std::string& mode) {
    const std::string row = fmt::format("        ({}, {})", schema::quote_literal(relation),
                                        schema::quote_literal(mode));
    if (values.find(row) == std::string::npos) values += (values.empty() ? "" : ",\n") + row;
  };
  for (const engine::Step* step : steps) {
    for (const std::string& relation : step->lock.relations) add(relation, step->lock.mode);
    for (const engine::RelationLock& weaker : step->lock.weaker) add(weaker.relation, weaker.mode);
  }
  if (values.empty()) return {};
  return fmt::format(kLocks, is_done, kTries, values, kTries);
}

}  // namespace schemadiff::cli
