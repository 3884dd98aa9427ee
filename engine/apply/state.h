// What a database was when schemadiff last left it: the third side of a check.
#pragma once

#include <optional>
#include <string>

#include "schema/introspect/session.h"

namespace schemadiff::engine {

struct State {
  std::string event;  // "applied" "paused" "rolled back" "baseline"
  std::string name;   // of the migration; empty: of none
  std::string at;     // "2027-01-31T12:00:00Z"; empty: to be recorded now
  // Of the database and of its files, where these say the same; empty: not known. They hold for
  // those who compare within the same scope: the patterns, the version of the tool, and the like.
  std::string scope, database_fingerprint, files_fingerprint;
};

// Puts it in the place of the one that is there, with the whole database as SQL (schema::dump);
// makes the schema and the table where they are missing. Throws Error: no permission.
void record_state(schema::introspection::Session& session, const State& state,
                  const std::string& schema_text);

// none: nothing is recorded. Throws StatementError, 42501 where the role may not read it.
std::optional<State> last_state(schema::introspection::Session& session);

// The database as it was then. There is a last state.
std::string last_schema_text(schema::introspection::Session& session);

// The name of a migration that was begun after that and has not come to an end, so that what it has
// done is nobody's change by hand; empty: there is none.
std::string unfinished_since(schema::introspection::Session& session, const State& state);

}  // namespace schemadiff::engine
