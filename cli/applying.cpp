#include "cli/applying.h"

#include <unistd.h>

#include <chrono>
#include <iostream>
#include <set>

#include "cli/comparison.h"
#include "cli/config.h"
#include "cli/conninfo.h"
#include "cli/nearest.h"
#include "cli/size_text.h"
#include "engine/apply/stop.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

std::string is_production(const std::string& name) {
  return name + " is a production target, and ";
}

void refuse_connection(const engine::Session& session, const Target& target, Progress& progress) {
  const Reach reach{session.is_local(), session.uses_tls(), session.is_superuser()};
  if (const auto refusal = refusal_of(reach, target.src, *target.production)) throw *refusal;
  if (reach.superuser && !target.production->superuser)
    progress.note(is_production(target.src) +
                  "this role is a superuser: a role that owns the schemas is enough");
}

}  // namespace

std::optional<Refusal> refusal_of(const Reach& reach, const std::string& name,
                                  const Production& production) {
  if (reach.local && !production.localhost)
    return Refusal(is_production(name) + "its server is on this machine",
                   "is it the right one? production.localhost = true allows it");
  if (!reach.local && production.tls && !reach.tls)
    return Refusal(is_production(name) + "the connection is not encrypted",
                   "add sslmode=verify-full to the connection string");
  return std::nullopt;
}

Target target_of(const Options& options) {
  const Config config = read_config(options.config);
  Target target{from_or_default(options, config), {}, {}, {}, config.apply};
  target.conninfo = conninfo_of(target.src, config);
  target.description = describe_conninfo(target.conninfo);
  // also where it is named in another way
  for (const std::string& name : config.production.targets)
    if (leads_to(name, target.conninfo, config)) {
      target.src = name;
      target.production = config.production;
    }
  return target;
}

engine::Session open_target(const Target& target, Progress& progress) {
  engine::Session session(target.conninfo);
  session.on_notice([&progress](const std::string& text) { progress.note(text); });
  if (target.production) refuse_connection(session, target, progress);
  engine::lock_database(session);
  return session;
}

engine::Phase phase_of(const std::string& word, engine::Phase otherwise) {
  if (word.empty()) return otherwise;
  for (const engine::Phase phase :
       {engine::Phase::Expand, engine::Phase::Migrate, engine::Phase::Contract})
    if (to_string(phase) == word) return phase;
  throw Error("--phase takes expand, migrate or contract, not \"" + word + "\"",
              did_you_mean(word, {"expand", "migrate", "contract"}));
}

schema::ObjectDigests digests_now(const Target& target, const Options& options,
                                  const engine::Migration& migration) {
  const Source live = load_live(target.src, read_config(options.config), {});
  return schema::object_digests(live.catalog, migration.owners, migration.privileges);
}

std::vector<std::string> changed_since(const schema::ObjectDigests& now,
                                       const std::vector<engine::StepRow>& steps) {
  std::set<std::string> changed;
  for (const engine::StepRow& row : steps)
    if (schema::digest_of(now, row.object) != row.object_digest)
      changed.insert(describe(schema::whole(row.object)));
  return {changed.begin(), changed.end()};
}

bool confirmed(const Options& options, const Target& target, const std::string& question) {
  const std::string expected = target.production ? target.src : "yes";
  if (options.apply.yes && target.production && options.apply.confirm != target.src)
    throw Refusal(target.src + " is a production target: --yes is not enough",
                  "say --confirm " + target.src + ", too");
  if (options.apply.yes) return true;
  if (!::isatty(STDIN_FILENO) || !::isatty(STDERR_FILENO))
    throw Error("there is no terminal to ask on", "say --yes to run it without being asked");
  std::cerr << question
            << (target.production ? " It is production: type its name, " + expected + ": "
                                  : " [yes/no] ")
            << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == expected;
}

engine::ExecuteSettings execution(const ApplyOptions& options, const Target& target) {
  engine::ExecuteSettings settings = target.apply.execution;
  settings.lock_timeout = options.lock_timeout.value_or(settings.lock_timeout);
  settings.statement_timeout = options.statement_timeout.value_or(settings.statement_timeout);
  settings.retries = options.retries.value_or(settings.retries);
  settings.pause = options.pause.value_or(settings.pause);
  if (options.max_lag)
    settings.lag = {*options.max_lag, *options.max_lag > 0 ? settings.lag.bytes : 0};
  settings.conninfo = target.conninfo;
  return settings;
}

void look_ahead(engine::Session& session, const std::vector<const engine::Step*>& steps,
                const Options& options, const Target& target, Progress& progress) {
  std::optional<std::int64_t> free = target.apply.free_disk;
  if (!options.apply.free_disk.empty()) {
    free = bytes_of(options.apply.free_disk);
    if (!free)
      throw Error("--free-disk takes a size, not \"" + options.apply.free_disk + "\"",
                  "for example --free-disk \"50 GiB\"");
  }
  const bool only_looks = options.apply.dry_run || options.apply.explain_only;
  std::string refused, hint;
  for (const engine::Finding& finding :
       engine::preflight(session, steps, {free, execution(options.apply, target).lag})) {
    if (finding.refuses && !only_looks) {
      refused += (refused.empty() ? "" : "; ") + finding.what;
      hint += (hint.empty() ? "" : "; ") + finding.hint;
    } else {
      progress.note((finding.refuses ? "would be refused: " : "") + finding.what +
                    (finding.hint.empty() ? "" : " (" + finding.hint + ")"));
    }
  }
  if (!refused.empty()) throw Error(refused, hint);
}

double run_units(engine::Session& session, engine::Journal& journal, const UnitsToRun& run,
                 const Options& options, const Target& target,
                 const engine::ExecuteSettings& settings, Progress& progress) {
  const auto either = [](const std::string& flag, const std::string& config) {
    return flag.empty() ? config : flag;
  };
  Trace trace({either(options.apply.log, target.apply.log),
               either(options.apply.otlp_file, target.apply.otlp_file)},
              {run.action, target.description, run.migration, run.digest}, progress);
  const auto note = [&](const std::string& state, const std::string& result) {
    trace.end(result);
    if (session.is_lost()) return;
    journal.state(state);
    engine::audit(session, run.action, journal.migration(), run.digest, result);
  };
  const auto began = std::chrono::steady_clock::now();
  try {
    run_hooks(session, run.hooks.before, run.action, run.migration);
    engine::execute(session, journal, run.units, run.direction, settings, trace);
    run_hooks(session, run.hooks.after, run.action, run.migration);
  } catch (const engine::Interrupted&) {
    note("interrupted", "interrupted");
    throw;
  } catch (const Error& error) {
    note("failed", error.message);
    throw;
  }
  trace.end({});
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

}  // namespace schemadiff::cli
