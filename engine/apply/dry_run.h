// Which statements of a plan the server accepts, found by running them and rolling all back.
#pragma once

#include <functional>
#include <optional>
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

// Where a run of steps has ended early.
struct Failure {
  const Step* step = nullptr;
  std::string statement;
  schema::introspection::StatementError error;
};

// Runs the steps on a database that nobody else uses, in the transactions that the plan has them
// in. It ends with the first that fails, of whose transaction nothing stays; none: all have run.
// `between` is called before each statement and may throw.
std::optional<Failure> run_steps(Session& session, const std::vector<const Step*>& steps,
                                 const std::function<void()>& between);

// All of the steps on such a database. Where that `lacks_objects` of the plan's database, a
// transaction that fails was not checked. Throws Error for a step that fails.
DryRun run_on_scratch(Session& session, const Plan& plan, const std::vector<const Step*>& steps,
                      bool lacks_objects, const std::function<void()>& between);

}  // namespace schemadiff::engine
