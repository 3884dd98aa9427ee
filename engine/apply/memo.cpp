#include "engine/apply/memo.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "schema/definitions.h"
#include "schema/digest.h"
#include "schema/memo.h"
#include "schema/quote.h"

namespace schemadiff::engine {
namespace {

using namespace schema;
using introspection::Session;
using introspection::StatementError;

constexpr std::size_t kRowsAtOnce = 1000;

constexpr const char* kMemoTable =
    "CREATE TABLE schemadiff.memo (\n"
    "  key text PRIMARY KEY,\n"
    "  object text NOT NULL,\n"
    "  attribute text NOT NULL,\n"
    "  source text NOT NULL,\n"
    "  server text NOT NULL,\n"
    "  recorded_at timestamptz NOT NULL DEFAULT now(),\n"
    "  recorded_by text NOT NULL DEFAULT current_user,\n"
    "  tool_version text NOT NULL);\n"
    "COMMENT ON TABLE schemadiff.memo IS 'Definitions that are known to be what the schema files "
    "say: digests of the text of the files, analysed, and of the text of the server.';\n";

bool exists(Session& session, const std::string& query) {
  return session.execute(query).count() > 0;
}

// CREATE … IF NOT EXISTS asks for permission to create even where there is nothing to do.
void make_memo_table(Session& session) {
  if (!exists(session, "SELECT 1 FROM pg_namespace WHERE nspname = 'schemadiff'"))
    session.execute("CREATE SCHEMA schemadiff");
  if (!exists(session,
              "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
              " WHERE n.nspname = 'schemadiff' AND c.relname = 'memo'"))
    session.execute(kMemoTable);
}

std::vector<std::string> rows_of(const Catalog& live, const Catalog& source,
                                 std::string_view tool_version) {
  std::map<std::string, std::string> normals;  // of the source, by key
  for_each_definition(source, [&](const ObjectId& id, const std::string& name, const Expr& expr) {
    normals.emplace(memo_key(id, name), expr.normal);
  });
  std::vector<std::string> rows;
  for_each_definition(live, [&](const ObjectId& id, const std::string& name, const Expr& expr) {
    const std::string key = memo_key(id, name);
    const auto found = normals.find(key);
    if (found == normals.end()) return;
    std::string row;
    for (const std::string& value : {key, describe(id), name, digest(found->second),
                                     digest(expr.sql), std::string(tool_version)})
      row += (row.empty() ? "(" : ", ") + quote_literal(value);
    rows.push_back(row + ")");
  });
  return rows;
}

void write(Session& session, const std::vector<std::string>& rows) {
  for (std::size_t begin = 0; begin < rows.size(); begin += kRowsAtOnce) {
    std::string sql =
        "INSERT INTO schemadiff.memo (key, object, attribute, source, server, tool_version) "
        "VALUES\n";
    for (std::size_t i = begin; i < std::min(rows.size(), begin + kRowsAtOnce); ++i)
      sql += (i == begin ? "" : ",\n") + rows[i];
    session.execute(sql +
                    "\nON CONFLICT (key) DO UPDATE SET source = excluded.source,"
                    " server = excluded.server, recorded_at = now(), recorded_by = current_user,"
                    " tool_version = excluded.tool_version"
                    " WHERE (memo.source, memo.server) <> (excluded.source, excluded.server)");
  }
}

[[noreturn]] void refuse(const StatementError& error) {
  throw Error("cannot write schemadiff.memo: " + error.message,
              error.sqlstate == "42501"
                  ? "the role needs CREATE on the database, or, where the schema schemadiff is "
                    "already there, to own it and its tables"
                  : error.hint);
}

}  // namespace

std::size_t record_memo(Session& session, const Catalog& live, const Catalog& source,
                        std::string_view tool_version) {
  const std::vector<std::string> rows = rows_of(live, source, tool_version);
  try {
    session.execute("BEGIN; SET LOCAL search_path = pg_catalog");
    make_memo_table(session);
    write(session, rows);
    session.execute("COMMIT");
  } catch (const StatementError& error) {
    refuse(error);  // what was begun ends with the session
  }
  return rows.size();
}

}  // namespace schemadiff::engine
