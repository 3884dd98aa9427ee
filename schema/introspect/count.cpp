// Counts of rows, for which a busy database is not kept long.
#include <chrono>

#include "schema/introspect/introspect.h"
#include "schema/introspect/session.h"
#include "schema/quote.h"

namespace schemadiff::schema {

using introspection::Rows;
using introspection::Session;
using introspection::StatementError;

namespace {

// The server's own message may show values of rows.
std::string in_words(const std::string& sqlstate) {
  if (sqlstate == "57014") return "it took too long";
  if (sqlstate == "55P03") return "a lock was in the way";
  if (sqlstate == "42501") return "the role may not read it";
  if (sqlstate.empty()) return "the connection was lost";
  return "the server refused the query, SQLSTATE " + sqlstate;
}

}  // namespace

std::vector<Count> count_rows(const std::string& conninfo, const std::vector<std::string>& queries,
                              const std::vector<std::string>& search_path, double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                      std::chrono::duration<double>(seconds));
  std::string path;
  for (const std::string& name : search_path)
    path += (path.empty() ? "" : ", ") + quote_identifier(name);
  if (path.empty()) path = "''";
  std::vector<Count> counts;
  Session session(conninfo);
  for (const std::string& query : queries) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) {
      counts.push_back({{}, "no time was left"});
      continue;
    }
    try {
      // policies that hide rows make it fail instead of miscount; what failed before is rolled back
      Rows rows = session.execute(
          "ROLLBACK; BEGIN READ ONLY; SET LOCAL row_security = off; "
          "SET LOCAL search_path = " +
          path +
          "; SET LOCAL lock_timeout = '500ms'; "
          "SET LOCAL statement_timeout = " +
          std::to_string(left) + "; " + query);
      rows.next();
      counts.push_back({rows.integer(), {}});
    } catch (const StatementError& error) {
      counts.push_back({{}, in_words(error.sqlstate)});
    }
  }
  return counts;
}

}  // namespace schemadiff::schema
