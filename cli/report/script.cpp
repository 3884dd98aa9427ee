#include "cli/report/script.h"

#include <fmt/format.h>

#include "cli/report/model.h"
#include "cli/report/script_locks.h"
#include "cli/report/sql_parts.h"
#include "engine/apply/journal.h"
#include "engine/apply/leftovers.h"
#include "engine/undo.h"
#include "engine/verify.h"
#include "schema/digest.h"
#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

using engine::Plan;
using engine::Step;
using schema::Kind;
using schema::quote_literal;

// psql's own quotes, in which a backslash escapes.
std::string psql_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    if (c == '\'' || c == '\\') word += c == '\'' ? '\'' : '\\';
    word += c;
  }
  return word + "'";
}

std::string echo(const std::string& text) { return "\\echo " + psql_word(text) + "\n"; }

std::string raise(const std::string& message, const std::string& condition) {
  return "DO $schemadiff$BEGIN\n  IF " + condition + " THEN\n    RAISE EXCEPTION " +
         quote_literal(message) + ";\n  END IF;\nEND$schemadiff$;\n";
}

// What a step is about, as the headings of a script have it.
std::string section_of(const Step& step) {
  if (step.backfill) return "Data";
  if (!step.sql.empty() && step.sql.front().find(" VALIDATE CONSTRAINT ") != std::string::npos)
    return "Validation";
  switch (step.object.kind) {
    case Kind::Enum:
      return "Enums";
    case Kind::Domain:
    case Kind::Composite:
    case Kind::Range:
    case Kind::BaseType:
      return "Types";
    case Kind::Table:
      return "Tables";
    case Kind::Column:
    case Kind::Default:
      return "Columns";
    case Kind::Index:
      return "Indexes";
    case Kind::Constraint:
      return !step.sql.empty() && step.sql.front().find(" FOREIGN KEY ") != std::string::npos
                 ? "Foreign keys"
                 : "Constraints";
    case Kind::View:
    case Kind::MaterializedView:
      return "Views";
    case Kind::Routine:
    case Kind::Aggregate:
    case Kind::Trigger:
      return "Functions and triggers";
    default:
      return "Other objects";
  }
}

class Writer {
 public:
  Writer(const PlanReport& report, std::string stem)
      : report_(report), plan_(report.plan), stem_(std::move(stem)) {
    std::string all;
    for (const Step& step : plan_.steps) all += script(step.sql);
    script_ = quote_literal(schema::digest(all));
  }

  std::string forward() {
    text_ = sql_comment(stem_ + ": " + verdict(plan_)) +
            sql_comment("From: " + report_.sides.from.description) +
            sql_comment("To:   " + report_.sides.to.description) +
            sql_comment(
                "Run with psql, as often as you like: what is done is not done again. With\n"
                "-v until=expand (or migrate) it ends behind that phase; with -v free_bytes=N it\n"
                "refuses to begin where that is less than a tenth of the database.") +
            "\n";
    begin();
    expect_schema();
    const Step* before = nullptr;
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      const Step& step = plan_.steps[i];
      if (!before || before->phase != step.phase) begin_phase(step, before != nullptr);
      if (!before || before->phase != step.phase || section_of(*before) != section_of(step))
        text_ += "\n" + sql_comment(fmt::format("==== {} ({}) ====", section_of(step),
                                                to_string(step.phase)));
      text_ += "\n";
      if (step.in_transaction)
        together(step, before, i + 1 < plan_.steps.size() ? &plan_.steps[i + 1] : nullptr);
      else
        alone(step);
      before = &step;
    }
    expect(catalog_checks(report_, report_.sides.to.catalog), "==== Afterwards ====");
    return std::move(text_);
  }

  std::string back() {
    text_ = sql_comment(stem_ + ": the way back") +
            sql_comment(
                "Run with psql, as often as you like. It undoes what the script has done, the\n"
                "last step first.") +
            "\n";
    begin();
    std::vector<const Step*> steps;
    for (auto step = plan_.steps.rbegin(); step != plan_.steps.rend(); ++step)
      if (step->reversible || !step->undo.empty())
        steps.push_back(&*step);
      else
        text_ += sql_comment(step->undo_note) + echo(step->id + " stays: " + step->title);
    for (const Step* step : steps) refuse_rows_in_the_way(*step);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Step& step = *steps[i];
      text_ += "\n" + sql_comment(step.id + ": " + step.title +
                                  (step.undo_note.empty() ? "" : ". " + step.undo_note));
      undo(step, i > 0 ? steps[i - 1] : nullptr, i + 1 < steps.size() ? steps[i + 1] : nullptr);
    }
    text_ += "\nDELETE FROM schemadiff.script_steps WHERE script = " + script_ +
             " AND step = 'begun';\n";
    expect(checks_of_start(), "==== Afterwards ====");
    return std::move(text_);
  }

 private:
  // Tables that are renamed have their new names on that side.
  std::vector<engine::CatalogCheck> checks_of_start() const {
    if (!report_.sides.plan.renamed.empty()) return {};
    return catalog_checks(report_, report_.sides.from.catalog);
  }

  void begin() {
    text_ += "\\set ON_ERROR_STOP on\n";
    text_ += std::string(kLockTimeout) +
             "SET check_function_bodies = off;\nSET client_min_messages = warning;\n"
             "SELECT pg_catalog.set_config('search_path', " +
             search_path_literal(plan_) + ", false) AS schemadiff_path \\gset\n\n" +
             sql_comment("==== Before ====") +
             raise("the server is a standby, which takes no changes", "pg_is_in_recovery()");
    if (const int version = report_.sides.from.catalog.server_version)
      text_ +=
          raise(fmt::format("this script is for PostgreSQL {}", version),
                fmt::format("current_setting('server_version_num')::int / 10000 <> {}", version));
    // the server takes a moment to see that an earlier psql has gone
    text_ += fmt::format(
        "DO $schemadiff$BEGIN\n  FOR try IN 1 .. 20 LOOP\n"
        "    IF pg_try_advisory_lock({}) THEN\n      RETURN;\n    END IF;\n"
        "    PERFORM pg_sleep(0.1);\n  END LOOP;\n"
        "  RAISE EXCEPTION 'another run changes this database now';\nEND$schemadiff$;\n",
        engine::kApplierLock);
    text_ +=
        "\\if :{?free_bytes}\n"
        "SELECT set_config('schemadiff.free_bytes', :'free_bytes', false) AS schemadiff_free "
        "\\gset\n" +
        raise("less is free than a tenth of the database",
              "current_setting('schemadiff.free_bytes')::numeric < "
              "pg_database_size(current_database()) / 10.0") +
        "\\else\n"
        "SELECT pg_size_pretty(pg_database_size(current_database()) / 10) AS schemadiff_room "
        "\\gset\n"
        "\\echo 'at least this should be free on the disk of the server:' :schemadiff_room\n"
        "\\endif\n"
        "DO $schemadiff$DECLARE\n  other record;\nBEGIN\n"
        "  FOR other IN SELECT pid, usename, date_trunc('second', clock_timestamp() - xact_start) "
        "AS age\n"
        "      FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        "pg_backend_pid()\n"
        "      AND xact_start < clock_timestamp() - interval '1 minute' LOOP\n"
        "    RAISE WARNING 'backend % of role % has a transaction open for %: steps may have to "
        "wait for it',\n      other.pid, other.usename, other.age;\n"
        "  END LOOP;\nEND$schemadiff$;\n"
        "CREATE SCHEMA IF NOT EXISTS schemadiff;\n"
        "CREATE TABLE IF NOT EXISTS schemadiff.script_steps (\n"
        "  script text, step text, undone integer NOT NULL DEFAULT 0,\n"
        "  done_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (script, step));\n";
  }

  // Only where nothing was done yet.
  void expect_schema() {
    const auto checks = checks_of_start();
    if (checks.empty()) return;
    text_ += "SELECT NOT EXISTS (SELECT FROM schemadiff.script_steps WHERE script = " + script_ +
             ") AS schemadiff_new \\gset\n\\if :schemadiff_new\n";
    expect(checks, "The schema is what this script was made for.");
    text_ += "INSERT INTO schemadiff.script_steps (script, step) VALUES (" + script_ +
             ", 'begun');\n\\endif\n";
  }

  void expect(const std::vector<engine::CatalogCheck>& checks, const std::string& heading) {
    if (checks.empty()) return;
    std::string values;
    for (const engine::CatalogCheck& check : checks)
      values +=
          (values.empty() ? "  (" : ",\n  (") + quote_literal(check.what) + ", " + check.sql + ")";
    text_ += "\n" + sql_comment(heading) +
             "SELECT count(*) AS schemadiff_checks, coalesce(string_agg(what, ', ') FILTER (WHERE "
             "ok IS NOT TRUE), '') AS schemadiff_wrong,\n"
             "  count(*) FILTER (WHERE ok IS NOT TRUE) > 0 AS schemadiff_failed FROM (VALUES\n" +
             values + "\n) AS checks(what, ok) \\gset\n" +
             "\\echo 'checks of the catalog:' :schemadiff_checks\n"
             "\\if :schemadiff_failed\n"
             "\\echo 'not as expected:' :schemadiff_wrong\n" +
             raise("the database is not what it should be", "true") + "\\endif\n";
  }

  void begin_phase(const Step& step, bool may_end) {
    text_ += "\n" + sql_comment(gate_of(step.phase));
    if (!may_end) return;
    const bool contract = step.phase == engine::Phase::Contract;
    text_ += std::string("\\if :{?until}\n") + "SELECT :'until' IN (" +
             (contract ? "'expand', 'migrate'" : "'expand'") +
             ") AS schemadiff_stop \\gset\n\\if :schemadiff_stop\n" +
             echo("stops before " + std::string(to_string(step.phase))) +
             "\\quit\n\\endif\n\\endif\n";
  }

  std::string row(const Step& step) const {
    return "script = " + script_ + " AND step = " + quote_literal(step.id);
  }

  // Opens a condition: whether the step has still to be done, or undone.
  std::string todo(const Step& step, bool forth) const {
    return std::string("SELECT ") + (forth ? "NOT " : "") +
           "EXISTS (SELECT FROM schemadiff.script_steps WHERE " + row(step) +
           ") AS schemadiff_todo \\gset\n\\if :schemadiff_todo\n";
  }

  std::string done(const Step& step) const {
    return "INSERT INTO schemadiff.script_steps (script, step) VALUES (" + script_ + ", " +
           quote_literal(step.id) + ");\n" + echo(step.id + "  " + step.title) + "\\endif\n";
  }

  std::string pre_checks(const Step& step) const {
    std::string text;
    for (const engine::PreCheck& check : step.pre_checks)
      text +=
          raise(step.id + ": rows are in the way (" + std::string(to_string(check.counts)) + ")",
                "(" + check.sql + ") > 0");
    return text;
  }

  // Where only a part was done, what a check reads may not be there.
  void refuse_rows_in_the_way(const Step& step) {
    for (const engine::PreCheck& check : step.undo_checks)
      text_ +=
          "DO $schemadiff$DECLARE\n  found bigint;\nBEGIN\n"
          "  IF EXISTS (SELECT FROM schemadiff.script_steps WHERE undone = 0 AND " +
          row(step) + ") THEN\n    BEGIN\n      found := (" + check.sql +
          ");\n    EXCEPTION WHEN OTHERS THEN NULL;\n    END;\n  END IF;\n"
          "  IF found > 0 THEN\n    RAISE EXCEPTION '%', " +
          quote_literal("the old schema does not take what was written since " + step.id +
                        ": rows are in the way (" + std::string(to_string(check.counts)) + ")") +
          " USING HINT = " + quote_literal(check.sql) + ";\n  END IF;\nEND$schemadiff$;\n";
  }

  std::string locks_of_transaction(const Step& first) const {
    std::vector<const Step*> steps;
    std::string ids;
    for (const Step& step : plan_.steps) {
      if (step.transaction != first.transaction) continue;
      steps.push_back(&step);
      ids += (ids.empty() ? "" : ", ") + quote_literal(step.id);
    }
    return take_locks(steps, fmt::format("(SELECT count(*) FROM schemadiff.script_steps WHERE "
                                         "script = {} AND step IN ({})) = {}",
                                         script_, ids, steps.size()));
  }

  void together(const Step& step, const Step* before, const Step* next) {
    const auto shares = [&](const Step* other) {
      return other && other->in_transaction && other->transaction == step.transaction;
    };
    if (!shares(before)) text_ += "BEGIN;\n" + locks_of_transaction(step);
    text_ += todo(step, true) + pre_checks(step) + step_sql(step) + done(step);
    if (!shares(next)) text_ += "COMMIT;\n";
  }

  // What an interrupted run has left of an index goes first; one that is there is left as it is.
  std::string guarded(const std::string& statement, const std::string& sql) const {
    const auto index = engine::concurrent_index(statement);
    if (!index) return sql;
    const std::string name = "to_regclass(" + quote_literal(index->name) + ")";
    const std::string leftover =
        "SELECT 'DROP INDEX CONCURRENTLY ' || indexrelid::regclass FROM pg_index WHERE NOT "
        "indisvalid AND indexrelid = " +
        name + " \\gexec\n";
    return (index->builds ? leftover : "") + "SELECT " + name +
           (index->builds ? " IS NULL" : " IS NOT NULL") +
           " AS schemadiff_due \\gset\n\\if :schemadiff_due\n" + sql + "\\endif\n";
  }

  // It waits for other transactions by design, and blocks nobody meanwhile.
  void alone(const Step& step) {
    text_ += todo(step, true) + pre_checks(step) + "SET lock_timeout = 0;\n" +
             guarded(step.sql.front(), step_sql(step)) + kLockTimeout;
    if (step.backfill) {
      text_ += "SELECT count(*) AS schemadiff_left FROM " +
               schema::quote_qualified(step.backfill->table) + " WHERE " + step.backfill->where +
               " \\gset\n\\echo 'rows that are left to fill:' :schemadiff_left\n";
    }
    text_ += done(step);
  }

  // Statements that run alone are counted, since nothing undoes them with the rest.
  void undo(const Step& step, const Step* before, const Step* next) {
    const auto is_alone = [](const Step& one) {
      return std::any_of(one.undo.begin(), one.undo.end(), engine::is_online);
    };
    const auto shares = [&](const Step* other) {
      return other && step.in_transaction && other->in_transaction &&
             other->transaction == step.transaction && !is_alone(*other);
    };
    const std::string end = "DELETE FROM schemadiff.script_steps WHERE " + row(step) + ";\n" +
                            echo(step.id + " undone  " + step.title);
    if (!is_alone(step)) {
      std::string statements;
      for (const std::string& statement : step.undo) statements += statement + ";\n";
      text_ += (shares(before) ? "" : "BEGIN;\n") + todo(step, false) + statements + end +
               "\\endif\n" + (shares(next) ? "" : "COMMIT;\n");
      return;
    }
    text_ += todo(step, false) + "SET lock_timeout = 0;\n";
    for (std::size_t k = 0; k < step.undo.size(); ++k) {
      const std::string& statement = step.undo[k];
      const bool runs_alone = engine::is_online(statement);
      text_ += fmt::format(
          "SELECT undone = {} AS schemadiff_next FROM schemadiff.script_steps WHERE {} \\gset\n"
          "\\if :schemadiff_next\n{}{}UPDATE schemadiff.script_steps SET undone = {} WHERE {};\n"
          "{}\\endif\n",
          k, row(step), runs_alone ? "" : "BEGIN;\n", guarded(statement, statement + ";\n"), k + 1,
          row(step), runs_alone ? "" : "COMMIT;\n");
    }
    text_ += end + kLockTimeout + "\\endif\n";
  }

  const PlanReport& report_;
  const Plan& plan_;
  std::string stem_;
  std::string script_;  // its name in the database, as a literal
  std::string text_;
};

std::string readme(const PlanReport& report, const std::string& stem) {
  return "# " + stem +
         "\n\n"
         "```sh\n"
         "psql -X -f " +
         stem + ".sql \"$DATABASE_URL\"                   # there, all phases\n" + "psql -X -f " +
         stem + ".sql -v until=expand \"$DATABASE_URL\"   # up to the first gate; then deploy\n" +
         "psql -X -f " + stem +
         ".rollback.sql \"$DATABASE_URL\"          # and back\n```\n\n"
         "Each may be run again at any time: steps that are done are written down in\n"
         "`schemadiff.script_steps` of the database, in the transaction that does them. A run "
         "that\n"
         "was cut short, or did not get a lock in ten tries, is finished by the next one.\n"
         "Before the first step the scripts look at the server, at long transactions and at the\n"
         "schema; after the last one at the objects that have changed.\n\n" +
         plan_markdown(report);
}

}  // namespace

Scripts scripts_of(const PlanReport& report, const std::string& stem) {
  Writer writer(report, stem);
  Scripts scripts;
  scripts.forward = writer.forward();
  scripts.back = writer.back();
  scripts.readme = readme(report, stem);
  return scripts;
}

}  // namespace schemadiff::cli
