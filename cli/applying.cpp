#include "cli/applying.h"

#include <unistd.h>

#include <iostream>

#include "cli/comparison.h"
#include "cli/config.h"
#include "cli/conninfo.h"
#include "cli/nearest.h"
#include "engine/apply/stop.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

void refuse_connection(const engine::Session& session, const Target& target, Progress& progress) {
  const std::string is = target.src + " is a production target, and ";
  if (session.is_local() && !target.production->localhost)
    throw Refusal(is + "its server is on this machine",
                  "is it the right one? production.localhost = true allows it");
  if (!session.is_local() && target.production->tls && !session.uses_tls())
    throw Refusal(is + "the connection is not encrypted",
                  "add sslmode=verify-full to the connection string");
  if (session.is_superuser() && !target.production->superuser)
    progress.note(is + "this role is a superuser: a role that owns the schemas is enough");
}

}  // namespace

Target target_of(const Options& options) {
  const Config config = read_config(options.config);
  Target target{from_or_default(options, config), {}, {}, {}};
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

engine::ExecuteSettings execution(const ApplyOptions& options) {
  return {options.lock_timeout, options.retries, options.pause, {}};
}

void run_units(engine::Session& session, engine::Journal& journal, const std::string& action,
               const std::string& digest, const std::vector<engine::Unit>& units,
               engine::Direction direction, const engine::ExecuteSettings& settings,
               Progress& progress) {
  const auto note = [&](const std::string& state, const std::string& result) {
    if (session.is_lost()) return;
    journal.state(state);
    engine::audit(session, action, journal.migration(), digest, result);
  };
  try {
    engine::execute(session, journal, units, direction, settings, progress);
  } catch (const engine::Interrupted&) {
    note("interrupted", "interrupted");
    throw;
  } catch (const Error& error) {
    note("failed", error.message);
    throw;
  }
}

}  // namespace schemadiff::cli
