// What apply and rollback have in common: the session, the question, and what is kept of a run.
#pragma once

#include <optional>
#include <string>

#include "cli/config.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "engine/apply/journal.h"
#include "schema/error.h"

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
};

// Throws Error where none is named, or what is named is none.
Target target_of(const Options& options);

// A session that nobody else's apply can meet, whose notices go to `progress`. Throws Refusal for a
// connection that a production target does not allow.
engine::Session open_target(const Target& target, Progress& progress);

// The phase that --phase names; without it the last, or for the way back the first.
engine::Phase phase_of(const std::string& word, engine::Phase otherwise);

// Asks on the terminal, unless --yes; of a production target for its name. Throws Error where there
// is nobody to ask.
bool confirmed(const Options& options, const Target& target, const std::string& question);

engine::ExecuteSettings execution(const ApplyOptions& options);

// Runs the units. Whatever ends them early becomes the state of the migration and a line of the
// audit log, before it goes on as Error.
void run_units(engine::Session& session, engine::Journal& journal, const std::string& action,
               const std::string& digest, const std::vector<engine::Unit>& units,
               engine::Direction direction, const engine::ExecuteSettings& settings,
               Progress& progress);

}  // namespace schemadiff::cli
