// SQL of the team's own on the database that a run changes: before its first step, after its last.
#pragma once

#include <string>
#include <vector>

#include "cli/config_apply.h"
#include "schema/introspect/session.h"

namespace schemadiff::cli {

struct Hook {
  std::string file, sql;
};

struct Hooks {
  std::vector<Hook> before, after;
};

// Throws Error for a file that cannot be read.
Hooks read_hooks(const ApplyConfig& config);

// Runs them in the session, with the settings schemadiff.action ("apply", "rollback") and
// schemadiff.migration, and the search_path of the role. Throws Error that names the one that
// fails.
void run_hooks(schema::introspection::Session& session, const std::vector<Hook>& hooks,
               const std::string& action, const std::string& migration);

}  // namespace schemadiff::cli
