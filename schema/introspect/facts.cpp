// How much data tables hold, and how often it is written.
#include <fmt/format.h>

#include "introspect/queries.h"
#include "schema/introspect/introspect.h"
#include "schema/introspect/session.h"
#include "schema/quote.h"

namespace schemadiff::schema {

using introspection::Rows;
using introspection::Session;

namespace {

// What the steps of earlier runs have measured; nothing where none did.
constexpr const char* kHasRates =
    "SELECT 1 FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
    " JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = 'schemadiff' AND c.relname = 'steps' AND a.attname = 'seconds'"
    " AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')";
// Of the last ones of each measure: machines change.
constexpr const char* kRates =
    "SELECT measure, sum(amount)::float8 / sum(seconds) FROM (SELECT *, row_number() OVER"
    " (PARTITION BY measure ORDER BY finished_at DESC) AS age FROM schemadiff.steps"
    " WHERE measure IS NOT NULL AND amount > 0 AND seconds > 0) AS steps WHERE age <= 20"
    " GROUP BY measure";

}  // namespace

Facts read_facts(const std::string& conninfo, const std::vector<QualifiedName>& tables) {
  Facts facts;
  if (tables.empty()) return facts;
  std::string names;
  for (const QualifiedName& table : tables)
    names += (names.empty() ? "(" : ", (") + quote_literal(table.schema) + ", " +
             quote_literal(table.name) + ')';
  Session session(conninfo);
  // sizes are read under a lock that waits behind an ACCESS EXCLUSIVE one
  session.send("BEGIN READ ONLY; SET LOCAL lock_timeout = '2s'; SET LOCAL search_path = ''; " +
               fmt::format(fmt::runtime(introspection::queries::facts), fmt::arg("tables", names)));
  session.next();
  session.next();
  session.next();
  Rows rows = session.next();
  while (rows.next()) {
    QualifiedName table{rows.text(), {}};
    table.name = rows.text();
    TableFacts& known = facts.tables[table];
    const double count = rows.real();
    if (!rows.flag()) known.rows = count;
    known.bytes = rows.integer();
    known.index_bytes = rows.integer();
    if (rows.is_null())
      rows.skip();
    else
      known.writes_per_second = rows.real();
  }
  if (session.execute(kHasRates).count() == 0) return facts;
  Rows rates = session.execute(kRates);
  while (rates.next()) {
    const std::string measure = rates.text();
    facts.rates[measure] = rates.real();
  }
  return facts;
}

}  // namespace schemadiff::schema
