// What a statement that runs outside of transactions leaves when it is cut short, and how to go on.
#pragma once

#include <string>

#include "schema/introspect/session.h"

namespace schemadiff::engine {

// Whether the statement has taken effect though nobody could write it down: an index that is built,
// or is gone. An index that CREATE INDEX CONCURRENTLY has left invalid is dropped. The statement
// was begun before.
bool is_done_already(schema::introspection::Session& session, const std::string& statement);

}  // namespace schemadiff::engine
