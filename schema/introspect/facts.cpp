// How much data tables hold, and how often it is written.
#include <fmt/format.h>

#include "introspect/queries.h"
#include "schema/introspect/introspect.h"
#include "schema/introspect/session.h"
#include "schema/quote.h"

namespace schemadiff::schema {

using introspection::Rows;
using introspection::Session;

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
  return facts;
}

}  // namespace schemadiff::schema
