#include "engine/apply/state.h"

#include <fmt/format.h>

#include "engine/apply/journal.h"
#include "schema/error.h"
#include "schema/quote.h"

namespace schemadiff::engine {
namespace {

using schema::quote_literal;
using schema::introspection::Rows;
using schema::introspection::StatementError;

constexpr const char* kStateTable =
    "CREATE TABLE schemadiff.state (\n"
    "  the_last boolean PRIMARY KEY DEFAULT true CHECK (the_last),\n"
    "  event text NOT NULL,\n"
    "  name text NOT NULL,\n"
    "  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),\n"
    "  schema_text text NOT NULL,\n"
    "  scope text NOT NULL,\n"
    "  database_fingerprint text NOT NULL,\n"
    "  files_fingerprint text NOT NULL);\n"
    "COMMENT ON TABLE schemadiff.state IS 'What the database was when schemadiff last left it.';\n";

bool has_table(Session& session) {
  return session
             .execute(
                 "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                 " WHERE n.nspname = 'schemadiff' AND c.relname = 'state'")
             .count() > 0;
}

void make_state_table(Session& session) {
  if (has_table(session)) return;
  if (session.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'schemadiff'").count() == 0)
    session.execute("CREATE SCHEMA schemadiff");
  session.execute(kStateTable);
}

}  // namespace

void record_state(Session& session, const State& state, const std::string& schema_text) {
  try {
    session.execute("BEGIN");
    make_state_table(session);
    session.execute(fmt::format(
        "INSERT INTO schemadiff.state (event, name, schema_text, scope, database_fingerprint,"
        " files_fingerprint) VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT (the_last) DO UPDATE SET"
        " event = excluded.event, name = excluded.name, recorded_at = clock_timestamp(),"
        " schema_text = excluded.schema_text, scope = excluded.scope,"
        " database_fingerprint = excluded.database_fingerprint,"
        " files_fingerprint = excluded.files_fingerprint",
        quote_literal(state.event), quote_literal(state.name), quote_literal(schema_text),
        quote_literal(state.scope), quote_literal(state.database_fingerprint),
        quote_literal(state.files_fingerprint)));
    session.execute("COMMIT");
  } catch (const StatementError& error) {
    if (!session.is_lost()) session.execute("ROLLBACK");
    throw Error("cannot write schemadiff.state: " + error.message,
                error.sqlstate == "42501"
                    ? "the role needs CREATE on the database, or, where the schema schemadiff is "
                      "already there, to own it and its tables"
                    : error.hint);
  }
}

std::optional<State> last_state(Session& session) {
  if (!has_table(session)) return std::nullopt;
  Rows rows = session.execute(
      "SELECT event, name, to_char(recorded_at AT TIME ZONE 'UTC', "
      "'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
      ", scope, database_fingerprint, files_fingerprint FROM schemadiff.state");
  if (!rows.next()) return std::nullopt;
  State state;
  state.event = rows.text();
  state.name = rows.text();
  state.at = rows.text();
  state.scope = rows.text();
  state.database_fingerprint = rows.text();
  state.files_fingerprint = rows.text();
  return state;
}

std::string last_schema_text(Session& session) {
  Rows rows = session.execute("SELECT schema_text FROM schemadiff.state");
  rows.next();
  return rows.text();
}

std::string unfinished_since(Session& session, const State& state) {
  if (!has_journal(session)) return {};
  const std::optional<Migration> last = last_migration(session);
  if (!last || last->state == "applied") return {};
  const bool left_so = last->name == state.name && last->state == "paused" &&
                       (state.event == "paused" || state.event == "rolled back");
  return left_so ? std::string() : last->name;
}

}  // namespace schemadiff::engine
