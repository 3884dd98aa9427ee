#include "engine/apply/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include "schema/identity.h"
#include "schema/quote.h"

namespace schemadiff::engine {
namespace {

using namespace schema;
using introspection::Rows;
using introspection::StatementError;

constexpr const char* kTables = R"(
CREATE TABLE schemadiff.migrations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  description text NOT NULL,
  author text NOT NULL,
  plan_digest text NOT NULL,
  plan text NOT NULL,
  schema_text text,
  owners boolean NOT NULL,
  privileges boolean NOT NULL,
  has_digests boolean NOT NULL DEFAULT false,
  state text NOT NULL,
  tool_version text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  applied_at timestamptz,
  rolled_back_at timestamptz);
CREATE TABLE schemadiff.steps (
  migration bigint NOT NULL REFERENCES schemadiff.migrations,
  position integer NOT NULL,
  plan_digest text NOT NULL,
  id text NOT NULL,
  phase text NOT NULL,
  title text NOT NULL,
  state text NOT NULL DEFAULT 'pending',
  transaction integer NOT NULL,
  in_transaction boolean NOT NULL,
  statements text[] NOT NULL,
  undo text[] NOT NULL,
  undo_done integer NOT NULL DEFAULT 0,
  undo_note text NOT NULL,
  undo_loses boolean NOT NULL DEFAULT false,
  undo_checks text[] NOT NULL DEFAULT '{}',
  reversible boolean NOT NULL,
  object text[] NOT NULL,
  object_digest text,
  started_at timestamptz,
  finished_at timestamptz,
  rows bigint NOT NULL DEFAULT 0,
  retries integer NOT NULL DEFAULT 0,
  error text,
  measure text,
  amount bigint,
  seconds double precision,
  PRIMARY KEY (migration, position));
CREATE TABLE schemadiff.backfills (
  key text PRIMARY KEY,
  migration bigint NOT NULL REFERENCES schemadiff.migrations,
  position_after text[] NOT NULL,
  rows bigint NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TABLE schemadiff.approvals (
  plan_digest text NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  client text NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (plan_digest, actor));
CREATE TABLE schemadiff.audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  client text NOT NULL,
  action text NOT NULL,
  migration bigint,
  plan_digest text NOT NULL,
  result text NOT NULL);
COMMENT ON TABLE schemadiff.migrations IS 'What schemadiff has applied to this database.';
COMMENT ON TABLE schemadiff.steps IS 'The steps of each migration, and how to undo them.';
COMMENT ON TABLE schemadiff.backfills IS 'How far unfinished backfills have come.';
COMMENT ON TABLE schemadiff.audit IS 'Who did what, when, with which result; it only grows.';
)";

// Of the tables that only grow, and say who has written each row.
constexpr const char* kSigned = R"(
CREATE OR REPLACE FUNCTION schemadiff.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS
$$BEGIN RAISE EXCEPTION 'schemadiff.% only grows', TG_TABLE_NAME; END$$;
CREATE FUNCTION schemadiff.sign() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$BEGIN
  NEW.actor := session_user;
  NEW.at := clock_timestamp();
  NEW.client := coalesce(inet_client_addr()::text, 'local');
  RETURN NEW;
END$$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON schemadiff.approvals
  FOR EACH STATEMENT EXECUTE FUNCTION schemadiff.refuse_change();
CREATE TRIGGER sign BEFORE INSERT ON schemadiff.approvals
  FOR EACH ROW EXECUTE FUNCTION schemadiff.sign();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON schemadiff.audit
  FOR EACH STATEMENT EXECUTE FUNCTION schemadiff.refuse_change();
CREATE TRIGGER sign BEFORE INSERT ON schemadiff.audit
  FOR EACH ROW EXECUTE FUNCTION schemadiff.sign();
COMMENT ON TABLE schemadiff.approvals IS 'Which roles have approved which plan; it only grows.';
)";

// A role counts once, however many names it has approved a plan under.
constexpr const char* kApprovalsByRole = R"(
ALTER TABLE schemadiff.approvals RENAME COLUMN approver TO name;
ALTER TABLE schemadiff.approvals RENAME COLUMN database_role TO actor;
ALTER TABLE schemadiff.approvals RENAME COLUMN approved_at TO at;
DELETE FROM schemadiff.approvals a USING schemadiff.approvals b
  WHERE a.plan_digest = b.plan_digest AND a.actor = b.actor AND (a.at, a.name) > (b.at, b.name);
ALTER TABLE schemadiff.approvals DROP CONSTRAINT approvals_pkey, ADD PRIMARY KEY (plan_digest, actor),
  ADD COLUMN client text NOT NULL DEFAULT 'not known', ALTER COLUMN actor DROP DEFAULT, ALTER COLUMN at DROP DEFAULT;
ALTER TABLE schemadiff.approvals ALTER COLUMN client DROP DEFAULT;
DROP TRIGGER refuse_change ON schemadiff.audit;
ALTER TABLE schemadiff.audit ALTER COLUMN actor DROP DEFAULT, ALTER COLUMN at DROP DEFAULT,
  ALTER COLUMN client DROP DEFAULT;
)";

// What journals of earlier versions lack, in the order in which it came: each is there where its
// column is.
struct Addition {
  const char* table;
  const char* column;
  std::string sql;
};

const std::vector<Addition>& additions() {
  static const std::vector<Addition> all{
      {"approvals", "actor", std::string(kApprovalsByRole) + kSigned},
      {"steps", "undo_loses",
       "ALTER TABLE schemadiff.steps ADD COLUMN undo_loses boolean NOT NULL DEFAULT false;"},
      {"steps", "undo_checks",
       "ALTER TABLE schemadiff.steps ADD COLUMN undo_checks text[] NOT NULL DEFAULT '{}';"},
      {"steps", "seconds",
       "ALTER TABLE schemadiff.steps ADD COLUMN measure text, ADD COLUMN amount bigint,"
       " ADD COLUMN seconds double precision;"}};
  return all;
}

std::string text_array(const std::vector<std::string>& values) {
  std::string list;
  for (const std::string& value : values) list += (list.empty() ? "" : ", ") + quote_literal(value);
  return "ARRAY[" + list + "]::text[]";
}

std::string numbers(const std::vector<int>& values) {
  return fmt::format("({})", fmt::join(values, ", "));
}

const char* boolean(bool value) { return value ? "true" : "false"; }

Phase phase_of(std::string_view word) {
  return word == "expand" ? Phase::Expand : word == "migrate" ? Phase::Migrate : Phase::Contract;
}

std::string utc(const std::string& column) {
  return "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
}

Migration read_migration(Rows& rows) {
  Migration m;
  m.id = rows.integer();
  m.name = rows.text();
  m.description = rows.text();
  m.author = rows.text();
  m.plan = rows.text();
  m.state = rows.text();
  m.tool_version = rows.text();
  m.started = rows.text();
  m.applied = rows.text();
  m.rolled_back = rows.text();
  m.owners = rows.flag();
  m.privileges = rows.flag();
  m.has_digests = rows.flag();
  return m;
}

std::string select_migrations(const std::string& rest) {
  return "SELECT id, name, description, author, plan_digest, state, tool_version, " +
         utc("started_at") + ", " + utc("applied_at") + ", " + utc("rolled_back_at") +
         ", owners, privileges, has_digests FROM schemadiff.migrations " + rest;
}

// A word of what is counted, and the query, for each.
std::vector<std::string> texts_of(const std::vector<PreCheck>& checks) {
  std::vector<std::string> texts;
  for (const PreCheck& check : checks) {
    texts.emplace_back(to_string(check.counts));
    texts.push_back(check.sql);
  }
  return texts;
}

std::vector<PreCheck> checks_of(const std::vector<std::string>& texts) {
  std::vector<PreCheck> checks;
  for (std::size_t i = 0; i + 1 < texts.size(); i += 2)
    if (const auto counts = obstacle_of(texts[i]))
      checks.push_back({*counts, {}, texts[i + 1], false, {}});
  return checks;
}

std::vector<StepRow> read_steps(Session& session, std::int64_t migration) {
  Rows rows = session.execute(
      "SELECT position, plan_digest, id, phase, title, state, transaction, in_transaction,"
      " statements, undo, undo_done, undo_note,"
      // journals of earlier versions do not have it
      " coalesce((to_jsonb(s) ->> 'undo_loses')::boolean, false),"
      " ARRAY(SELECT jsonb_array_elements_text(to_jsonb(s) -> 'undo_checks')), reversible, object,"
      " object_digest, " +
      utc("started_at") + ", " + utc("finished_at") +
      ", rows, retries, error FROM schemadiff.steps s WHERE migration = " +
      std::to_string(migration) + " ORDER BY position");
  std::vector<StepRow> steps;
  while (rows.next()) {
    StepRow step;
    step.position = rows.number();
    step.plan = rows.text();
    step.id = rows.text();
    step.phase = phase_of(rows.view());
    step.title = rows.text();
    step.state = rows.text();
    step.transaction = rows.number();
    step.in_transaction = rows.flag();
    step.statements = rows.texts();
    step.undo = rows.texts();
    step.undo_done = rows.number();
    step.undo_note = rows.text();
    step.undo_loses = rows.flag();
    step.undo_checks = checks_of(rows.texts());
    step.reversible = rows.flag();
    step.object = id_of(rows.texts());
    step.object_digest = rows.text();
    step.started = rows.text();
    step.finished = rows.text();
    step.rows = rows.integer();
    step.retries = rows.number();
    step.error = rows.text();
    steps.push_back(std::move(step));
  }
  return steps;
}

void insert_steps(Session& session, std::int64_t migration, const std::string& digest,
                  const Plan& plan, int position) {
  std::string values;
  for (const Step& step : plan.steps)
    values +=
        fmt::format("{}({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})",
                    values.empty() ? "" : ",\n", migration, ++position, quote_literal(digest),
                    quote_literal(step.id), quote_literal(to_string(step.phase)),
                    quote_literal(step.title), step.transaction, boolean(step.in_transaction),
                    text_array(step.sql), text_array(step.undo), quote_literal(step.undo_note),
                    boolean(step.undo_loses), text_array(texts_of(step.undo_checks)),
                    boolean(step.reversible), text_array(words_of(step.object)));
  if (values.empty()) return;
  session.execute(
      "INSERT INTO schemadiff.steps (migration, position, plan_digest, id, phase, title,"
      " transaction, in_transaction, statements, undo, undo_note, undo_loses, undo_checks,"
      " reversible, object)"
      " VALUES\n" +
      values);
}

std::string in_words(const Applier& other) {
  return fmt::format("backend {} of role {}, since {}", other.pid, other.role, other.since);
}

}  // namespace

std::optional<Applier> applier(Session& session) {
  Rows rows = session.execute(fmt::format(
      "SELECT a.pid, coalesce(a.usename, ''), {} FROM pg_locks l JOIN pg_stat_activity a USING "
      "(pid)"
      " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.database ="
      " (SELECT oid FROM pg_database WHERE datname = current_database())"
      " AND (l.classid::bigint << 32 | l.objid::bigint) = {} AND l.pid <> pg_backend_pid()",
      utc("a.backend_start"), kApplierLock));
  if (!rows.next()) return std::nullopt;
  Applier other;
  other.pid = rows.number();
  other.role = rows.text();
  other.since = rows.text();
  return other;
}

void lock_database(Session& session) {
  using namespace std::chrono_literals;
  constexpr int kTries = 20;  // the backend of a killed client takes a moment to see it
  for (int i = 0; i < kTries; ++i) {
    Rows rows = session.execute(fmt::format("SELECT pg_try_advisory_lock({})", kApplierLock));
    rows.next();
    if (rows.flag()) return;
    std::this_thread::sleep_for(100ms);
  }
  const std::optional<Applier> other = applier(session);
  throw Error("another run changes this database now" + (other ? ": " + in_words(*other) : ""),
              other ? fmt::format("wait for its end; if its client is gone: SELECT "
                                  "pg_terminate_backend({})",
                                  other->pid)
                    : "run again");
}

bool has_journal(Session& session) {
  return session
             .execute(
                 "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                 " WHERE n.nspname = 'schemadiff' AND c.relname = 'audit'")
             .count() > 0;
}

namespace {

// What is to be run for the journal to have this version's form; empty: nothing.
std::string missing_of_journal(Session& session) {
  if (!has_journal(session)) {
    const bool has_schema =
        session.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'schemadiff'").count() > 0;
    return std::string(has_schema ? "" : "CREATE SCHEMA schemadiff;") + kTables + kSigned;
  }
  Rows rows = session.execute(
      "SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_namespace n ON n.oid ="
      " c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped"
      " WHERE n.nspname = 'schemadiff'");
  std::set<std::string> there;
  while (rows.next()) there.insert(rows.text());
  std::string sql;
  for (const Addition& addition : additions())
    if (!there.contains(std::string(addition.table) + '.' + addition.column)) sql += addition.sql;
  return sql;
}

}  // namespace

void make_journal(Session& session) {
  const std::string missing = missing_of_journal(session);
  if (missing.empty()) return;
  try {
    session.execute("BEGIN");
    session.execute(missing);
    session.execute("COMMIT");
  } catch (const StatementError& error) {
    if (!session.is_lost()) session.execute("ROLLBACK");
    throw Error("cannot make the tables of schemadiff's own schema: " + error.message,
                error.sqlstate == "42501"
                    ? "the role needs CREATE on the database, or, where the schema schemadiff is "
                      "already there, to own it"
                    : error.hint);
  }
}

std::optional<Migration> last_migration(Session& session) {
  Rows rows =
      session.execute(select_migrations("WHERE state <> 'rolled back' ORDER BY id DESC LIMIT 1"));
  if (!rows.next()) return std::nullopt;
  Migration migration = read_migration(rows);
  migration.steps = read_steps(session, migration.id);
  return migration;
}

std::string plan_text(Session& session, std::int64_t migration) {
  Rows rows = session.execute(
      fmt::format("SELECT plan FROM schemadiff.migrations WHERE id = {}", migration));
  rows.next();
  return rows.text();
}

std::vector<Migration> migrations(Session& session) {
  std::vector<Migration> result;
  Rows rows = session.execute(select_migrations("ORDER BY id DESC"));
  while (rows.next()) result.push_back(read_migration(rows));
  return result;
}

Migration begin_migration(Session& session, const NewMigration& migration, const Plan& plan,
                          const std::optional<Migration>& unfinished) {
  session.execute("BEGIN");
  if (!unfinished) {
    Rows rows = session.execute(fmt::format(
        "INSERT INTO schemadiff.migrations (name, description, author, plan_digest, plan,"
        " schema_text, owners, privileges, state, tool_version) VALUES ({}, {}, {}, {}, {},"
        " nullif({}, ''), {}, {}, 'running', {}) RETURNING id",
        quote_literal(migration.name), quote_literal(migration.description),
        quote_literal(migration.author), quote_literal(migration.digest),
        quote_literal(migration.plan), quote_literal(migration.schema_text),
        boolean(migration.owners), boolean(migration.privileges),
        quote_literal(migration.tool_version)));
    rows.next();
    insert_steps(session, rows.integer(), migration.digest, plan, 0);
  } else {
    session.execute(fmt::format(
        "UPDATE schemadiff.migrations SET state = 'running', has_digests = false,"
        " name = coalesce(nullif({}, ''), name),"
        " description = coalesce(nullif({}, ''), description), plan_digest = {}, plan = {},"
        " schema_text = coalesce(nullif({}, ''), schema_text), owners = {}, privileges = {}"
        " WHERE id = {}",
        quote_literal(migration.name), quote_literal(migration.description),
        quote_literal(migration.digest), quote_literal(migration.plan),
        quote_literal(migration.schema_text), boolean(migration.owners),
        boolean(migration.privileges), unfinished->id));
    session.execute(fmt::format(
        "DELETE FROM schemadiff.steps WHERE migration = {} AND plan_digest <> {} AND state IN"
        " ('pending', 'running', 'failed', 'undone')",
        unfinished->id, quote_literal(migration.digest)));
    Plan rest = plan;
    std::erase_if(rest.steps, [&](const Step& step) {
      return std::any_of(unfinished->steps.begin(), unfinished->steps.end(), [&](const StepRow& r) {
        return r.plan == migration.digest && r.id == step.id;
      });
    });
    insert_steps(session, unfinished->id, migration.digest, rest,
                 unfinished->steps.empty() ? 0 : unfinished->steps.back().position);
  }
  session.execute("COMMIT");
  return *last_migration(session);
}

void Journal::begins(const std::vector<int>& positions, const std::string& state) {
  session_.execute(fmt::format(
      "UPDATE schemadiff.steps SET state = {}, started_at = clock_timestamp(), finished_at = NULL,"
      " error = NULL WHERE migration = {} AND position IN {}",
      quote_literal(state), migration_, numbers(positions)));
}

void Journal::finished(int position, const std::string& state, int retries, std::int64_t rows) {
  session_.execute(fmt::format(
      "UPDATE schemadiff.steps SET state = {}, finished_at = clock_timestamp(), retries = {},"
      " rows = {}, error = NULL, undo_done = 0 WHERE migration = {} AND position = {}",
      quote_literal(state), retries, rows, migration_, position));
}

void Journal::measured(int position, const Measured& measured) {
  session_.execute(fmt::format(
      "UPDATE schemadiff.steps SET measure = {}, amount = {}, seconds = {} WHERE migration = {} AND"
      " position = {}",
      quote_literal(measured.measure), measured.amount, measured.seconds, migration_, position));
}

void Journal::undid_part(int position, std::size_t statements) {
  session_.execute(
      fmt::format("UPDATE schemadiff.steps SET undo_done = undo_done + {} WHERE migration = {} AND "
                  "position = {}",
                  statements, migration_, position));
}

void Journal::failed(const std::vector<int>& positions, const std::string& state,
                     const std::string& error, int retries) {
  session_.execute(fmt::format(
      "UPDATE schemadiff.steps SET state = {}, finished_at = clock_timestamp(), retries = {},"
      " error = {} WHERE migration = {} AND position IN {}",
      quote_literal(state), retries, quote_literal(error), migration_, numbers(positions)));
}

void Journal::state(const std::string& state) {
  const char* time = state == "applied"       ? ", applied_at = clock_timestamp()"
                     : state == "rolled back" ? ", rolled_back_at = clock_timestamp()"
                                              : "";
  session_.execute(fmt::format("UPDATE schemadiff.migrations SET state = {}{} WHERE id = {}",
                               quote_literal(state), time, migration_));
}

void Journal::digests(const ObjectDigests& digests, const std::vector<StepRow>& steps) {
  std::string values;
  for (const StepRow& step : steps)
    values += fmt::format("{}({}, {})", values.empty() ? "" : ", ", step.position,
                          quote_literal(digest_of(digests, step.object)));
  if (!values.empty())
    session_.execute(
        fmt::format("UPDATE schemadiff.steps s SET object_digest = v.digest FROM (VALUES {}) AS"
                    " v(position, digest) WHERE s.migration = {} AND s.position = v.position",
                    values, migration_));
  session_.execute(
      fmt::format("UPDATE schemadiff.migrations SET has_digests = true WHERE id = {}", migration_));
}

void Journal::forget_cursors() {
  session_.execute(
      fmt::format("DELETE FROM schemadiff.backfills WHERE migration = {}", migration_));
}

bool is_done(const StepRow& step) {
  return step.state == "done" || step.state == "undoing" || step.state == "kept";
}

std::string approve(Session& session, const std::string& digest, const std::string& name) {
  const std::string plan = quote_literal(digest);
  session.execute(fmt::format(
      "INSERT INTO schemadiff.approvals (plan_digest, name) VALUES ({}, {}) ON CONFLICT DO NOTHING",
      plan, quote_literal(name)));
  Rows rows = session.execute(
      "SELECT name FROM schemadiff.approvals WHERE actor = session_user AND plan_digest = " + plan);
  rows.next();
  return rows.text();
}

std::vector<std::string> approvers(Session& session, const std::string& digest) {
  std::vector<std::string> roles;
  if (!has_journal(session)) return roles;
  // journals of earlier versions have one for each name
  Rows rows = session.execute(
      "SELECT role FROM (SELECT coalesce(a ->> 'actor', a ->> 'database_role') AS role,"
      " coalesce(a ->> 'at', a ->> 'approved_at') AS at FROM (SELECT to_jsonb(t) AS a FROM"
      " schemadiff.approvals t WHERE plan_digest = " +
      quote_literal(digest) + ") AS t) AS t GROUP BY role ORDER BY min(at)");
  while (rows.next()) roles.push_back(rows.text());
  return roles;
}

void audit(Session& session, const std::string& action, std::int64_t migration,
           const std::string& plan, const std::string& result) {
  session.execute(
      fmt::format("INSERT INTO schemadiff.audit (action, migration, plan_digest, result) VALUES "
                  "({}, nullif({}, 0), {}, {})",
                  quote_literal(action), migration, quote_literal(plan), quote_literal(result)));
}

}  // namespace schemadiff::engine
