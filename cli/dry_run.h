// apply --dry-run: which statements of a plan a server accepts, without changing the database.
#pragma once

#include "cli/applying.h"
#include "cli/commands/commands.h"
#include "cli/work.h"

namespace schemadiff::cli {

// Runs the steps in a transaction that is rolled back, or with Options::shadow all of them in a
// scratch database that has the schema of the target and no rows. Says which, and what was not
// checked. Throws Error for a step that fails.
Outcome dry_run(const Options& options, const Target& target, engine::Session& session,
                const Work& work);

}  // namespace schemadiff::cli
