// What apply and rollback have in common: the session, the question, and what is kept of a run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/config.h"
#include "cli/hooks.h"
#include "cli/options.h"
#include "cli/trace.h"
#include "engine/apply/journal.h"
#include "engine/apply/preflight.h"
#include "schema/error.h"
#include "schema/fingerprint.h"

namespace schemadiff::cli {

// What policy does not allow: the status is 3.
struct Refusal : Error {
  using Error::Error;
};

// The database to be changed.
struct Target {
  std::string src;                       // as the user names it
  std::string conninfo;                  // never to be shown
  std::string description;               // "database shop on db.example"
  std::optional<Production> production;  // none: it is not one of those
  ApplyConfig apply;                     // of the configuration
};

// How a session reaches its server, and as whom.
struct Reach {
  bool local = false;  // the server is on this machine
  bool tls = false;
  bool superuser = false;
};

// Why a production target is not to be changed that way; none: nothing speaks against it. `name`:
// of the target.
std::optional<Refusal> refusal_of(const Reach& reach, const std::string& name,
                                  const Production& production);

// Throws Error where none is named, or what is named is none.
Target target_of(const Options& options);

// A session that nobody else's apply can meet, whose notices go to `progress`. Throws Refusal for a
// connection that a production target does not allow.
engine::Session open_target(const Target& target, Progress& progress);

// The phase that --phase names; without it the last, or for the way back the first.
engine::Phase phase_of(const std::string& word, engine::Phase otherwise);

// Of the objects of the database as they are now, as the migration's digests count them.
schema::ObjectDigests digests_now(const Target& target, const Options& options,
                                  const engine::Migration& migration);

// Which objects of these finished steps are not what they were when the migration's run ended, each
// once, in words.
std::vector<std::string> changed_since(const schema::ObjectDigests& now,
                                       const std::vector<engine::StepRow>& steps);

// Asks on the terminal, unless --yes; of a production target for its name. Throws Error where there
// is nobody to ask.
bool confirmed(const Options& options, const Target& target, const std::string& question);

// What the flags say, and else the configuration.
engine::ExecuteSettings execution(const ApplyOptions& options, const Target& target);

// Looks at what the steps would meet and tells it. Throws Error for what would make them fail,
// where they are to run.
void look_ahead(engine::Session& session, const std::vector<const engine::Step*>& steps,
                const Options& options, const Target& target, Progress& progress);

// A run of the units of a migration.
struct UnitsToRun {
  std::string action;     // "apply" "rollback"
  std::string migration;  // its name
  std::string digest;     // of the plan
  std::vector<engine::Unit> units;
  engine::Direction direction{};
  Hooks hooks;
};

// Whatever ends it early becomes the state of the migration and a line of the audit log, before it
// goes on as Error. Gives the seconds that it took.
double run_units(engine::Session& session, engine::Journal& journal, const UnitsToRun& run,
                 const Options& options, const Target& target,
                 const engine::ExecuteSettings& settings, Progress& progress);

}  // namespace schemadiff::cli
