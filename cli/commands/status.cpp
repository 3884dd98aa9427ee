// status and history: what a database remembers of its migrations.
#include "cli/applying.h"
#include "cli/commands/commands.h"
#include "cli/report/migrations.h"

namespace schemadiff::cli {

namespace {

// What the last migration has left and is so no more; none: nothing is known of it.
std::optional<std::vector<std::string>> drift(const Options& options, const Target& target,
                                              const StatusReport& report) {
  if (!report.last || !report.last->has_digests) return std::nullopt;
  std::vector<engine::StepRow> done = report.last->steps;
  std::erase_if(done, [](const engine::StepRow& row) { return !is_done(row); });
  return changed_since(digests_now(target, options, *report.last), done);
}

}  // namespace

Outcome status(const Options& options) {
  const Target target = target_of(options);
  engine::Session session(target.conninfo);
  StatusReport report{target.description, {}, {}, engine::applier(session), {}};
  if (engine::has_journal(session)) {
    report.last = engine::last_migration(session);
    for (const engine::Migration& migration : engine::migrations(session))
      if (migration.state == "applied") {
        report.version = migration;
        break;
      }
  }
  if (!options.no_drift) report.drift = drift(options, target, report);
  const bool unfinished = report.last && report.last->state != "applied";
  const bool drifted = report.drift && !report.drift->empty();
  return {options.format == Format::Json
              ? status_json(report)
              : status_text(report, standard_output(options.color, !options.output.empty())),
          unfinished || drifted ? kPending : kDone,
          {}};
}

Outcome history(const Options& options) {
  const Target target = target_of(options);
  engine::Session session(target.conninfo);
  std::vector<engine::Migration> migrations;
  if (engine::has_journal(session)) migrations = engine::migrations(session);
  return {options.format == Format::Json
              ? history_json(target.description, migrations)
              : history_text(target.description, migrations,
                             standard_output(options.color, !options.output.empty())),
          kDone,
          {}};
}

}  // namespace schemadiff::cli
