// Which statements of a plan the server accepts, found by running them and rolling all back.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/apply/execute.h"

namespace schemadiff::engine {

struct DryRun {
  std::size_t checked = 0;                                     // steps
  std::vector<std::pair<std::string, std::string>> unchecked;  // id, why it was not
};

// The steps of the plan, as far as they can run in one transaction that holds their locks for a
// moment only: what runs alone, what takes long or may, and what builds upon that is left out.
// Throws Error for a step that fails.
DryRun dry_run(Session& session, const Plan& plan, const std::vector<const Step*>& steps,
               double lock_timeout);

// All of the steps, in their transactions, on a database that nobody else uses. Where that
// `lacks_objects` of the plan's database, a transaction that fails was not checked. Throws Error
// for a step that fails otherwise.
DryRun run_on_scratch(Session& session, const Plan& plan, const std::vector<const Step*>& steps,
                      bool lacks_objects);

}  // namespace schemadiff::engine
