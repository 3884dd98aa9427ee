// Arguments of the commands that change a database, or tell what was changed.
#include "cli/option_groups.h"

namespace schemadiff::cli {
namespace {

void add_database(CLI::App& app, Options& o) {
  app.add_option("--from", o.from, "the database")->type_name("SRC");
}

void add_execution(CLI::App& app, Options& o) {
  ApplyOptions& a = o.apply;
  app.add_flag("-y,--yes", a.yes, "do not ask");
  app.add_option("--confirm", a.confirm, "with --yes: the production target that is meant")
      ->type_name("NAME");
  app.add_option("--lock-timeout", a.lock_timeout,
                 "how long a statement waits for a lock before it is tried again (2)")
      ->type_name("SECONDS")
      ->check(not_negative());
  app.add_option("--retries", a.retries, "how often it is tried again (10)")
      ->type_name("N")
      ->check(not_negative());
  app.add_option("--statement-timeout", a.statement_timeout,
                 "how long a statement may keep others waiting that should take a moment (30)")
      ->type_name("SECONDS")
      ->check(not_negative());
  app.add_option("--free-disk", a.free_disk,
                 "what is free on the server's disk, where only you know: \"50 GiB\"")
      ->type_name("SIZE");
  app.add_option("--log", a.log, "append a line in JSON for each step")->type_name("FILE");
  app.add_option("--otlp-file", a.otlp_file, "append a span for each step, as OTLP in JSON")
      ->type_name("FILE");
}

}  // namespace

void add_apply(CLI::App& root, Options& o, Words& w) {
  ApplyOptions& a = o.apply;
  CLI::App* app =
      add_command(root, "apply", "Take a database to the desired schema", Command::Apply, o);
  app->add_option("PLAN", a.plan_file, "a plan in JSON, made for this database; none: a fresh one")
      ->type_name("");
  add_comparison(*app, o, w);
  add_shadow(*app, o);
  add_narrowing(*app, o);
  app->add_option("--facts", o.facts, "sizes and write rates of tables, in TOML")
      ->type_name("FILE");
  app->add_option("--phase", a.phase, "only up to this phase: expand, migrate or contract")
      ->type_name("PHASE");
  app->add_option("--until", a.until, "only up to this step, and what its transaction has more")
      ->type_name("STEP");
  add_list(*app, "--allow", a.allow, "a rule of high risk that may be run, or all; repeatable")
      ->type_name("RULE");
  app->add_flag("--approve", a.approve, "approve PLAN as the role of --from, and run nothing");
  app->add_flag(
      "--dry-run", a.dry_run,
      "run what can be rolled back, and roll it back; with --shadow, run all of it there");
  app->add_flag("--explain-only", a.explain_only,
                "show what would run and what is in its way, and run nothing");
  add_execution(*app, o);
  app->add_option("--pause", a.pause, "rest between the batches of a backfill (0)")
      ->type_name("SECONDS")
      ->check(not_negative());
  app->add_option("--max-lag", a.max_lag,
                  "how far a standby may be behind before backfills wait for it (10)")
      ->type_name("SECONDS")
      ->check(not_negative());
  app->add_option("--name", a.name, "of the migration, for status and history")->type_name("TEXT");
  app->add_option("--description", a.description, "what it is for")->type_name("TEXT");
  app->add_option("--author", a.author, "who it is by; else the role")->type_name("TEXT");
  add_output(*app, o);
  add_color(*app, w);
  add_config(*app, o);
  app->footer(
      std::string("The plan is shown, and you are asked before anything runs. A run that was cut\n"
                  "short, by whatever, is finished by running apply again. Steps of high risk\n"
                  "need --allow RULE; else nothing runs, and the status is 3.\n"
                  "OTEL_EXPORTER_OTLP_ENDPOINT, where it is set, gets a span for each step.\n\n"
                  "Examples:\n"
                  "  schemadiff apply --from env:DATABASE_URL --to schema/\n"
                  "  schemadiff apply --from env:DATABASE_URL --to schema/ --phase expand --yes\n"
                  "  schemadiff apply --from prod --to schema/ --dry-run --shadow ephemeral\n"
                  "  schemadiff plan --from prod --to schema/ --format json -o plan.json\n"
                  "  schemadiff apply plan.json --from prod --yes --allow drop-column\n\n") +
      kSources + "\n" + kExits);
}

void add_rollback(CLI::App& root, Options& o, Words& w) {
  ApplyOptions& a = o.apply;
  CLI::App* app =
      add_command(root, "rollback", "Undo the last migration of a database", Command::Rollback, o);
  add_database(*app, o);
  app->add_option("--phase", a.phase, "only back to before this phase: expand, migrate or contract")
      ->type_name("PHASE");
  app->add_flag("--force", a.force,
                "also where objects have changed, or rows are in the way, since they were applied");
  add_execution(*app, o);
  add_output(*app, o);
  add_color(*app, w);
  add_config(*app, o);
  app->footer(
      std::string(
          "What each step recorded as its way back runs in reverse order, after it is shown\n"
          "with what is lost, and you are asked.\n\n"
          "Examples:\n"
          "  schemadiff rollback --from env:DATABASE_URL\n"
          "  schemadiff rollback --from env:DATABASE_URL --phase contract --yes\n\n") +
      kExits);
}

void add_smoke(CLI::App& root, Options& o, Words& w) {
  CLI::App* app =
      add_command(root, "smoke", "Try a plan on a scratch database: apply, roll back, apply",
                  Command::Smoke, o);
  add_comparison(*app, o, w);
  app->add_option("--shadow", o.shadow,
                  "where the scratch database is: ephemeral (a private server, the default), "
                  "same-server, or SRC of a server")
      ->type_name("WHERE");
  add_narrowing(*app, o);
  app->add_option("--format", w.format, "text or json")->type_name("FORMAT");
  add_output(*app, o);
  add_color(*app, w);
  add_config(*app, o);
  app->footer(
      std::string(
          "The scratch database begins as --from is, without rows. After each leg it is\n"
          "compared: with --to, with where it began, with --to again. The durations are held\n"
          "to apply.window (600 seconds) and apply.rollback_window (60) of schemadiff.toml.\n"
          "Status 2: a leg is not equal, or took too long.\n\n"
          "Examples:\n"
          "  schemadiff smoke --from env:DATABASE_URL --to schema/\n"
          "  schemadiff smoke --from git:main:schema/ --to schema/ --format json\n\n") +
      kSources + "\n" + kExits);
}

void add_status(CLI::App& root, Options& o, Words& w) {
  CLI::App* app = add_command(root, "status", "Where a database stands: version, what is left",
                              Command::Status, o);
  add_database(*app, o);
  app->add_flag("--no-drift", o.no_drift,
                "do not compare what the last migration has left with what is there now, which "
                "reads the catalog");
  app->add_option("--format", w.format, "text or json")->type_name("FORMAT");
  add_output(*app, o);
  add_color(*app, w);
  add_config(*app, o);
  app->footer(std::string("The status is 2 while a migration is not finished, and for drift.\n\n"
                          "Examples:\n"
                          "  schemadiff status --from env:DATABASE_URL\n"
                          "  schemadiff status --from prod --format json\n\n") +
              kExits);
}

void add_history(CLI::App& root, Options& o, Words& w) {
  CLI::App* app = add_command(root, "history", "What was applied to a database, by whom, and when",
                              Command::History, o);
  add_database(*app, o);
  app->add_option("--format", w.format, "text or json")->type_name("FORMAT");
  add_output(*app, o);
  add_color(*app, w);
  add_config(*app, o);
  app->footer(std::string("Examples:\n"
                          "  schemadiff history --from env:DATABASE_URL\n"
                          "  schemadiff history --from prod --format json\n\n") +
              kExits);
}

}  // namespace schemadiff::cli
