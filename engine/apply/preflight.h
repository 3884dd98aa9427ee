// What of a server's state a plan would meet.
#pragma once

#include <string>
#include <vector>

#include "schema/introspect/session.h"

namespace schemadiff::engine {

// A sentence for each transaction that is open for long: locks and concurrent builds wait for it.
// Throws Error for a server that takes no changes.
std::vector<std::string> preflight(schema::introspection::Session& session);

}  // namespace schemadiff::engine
