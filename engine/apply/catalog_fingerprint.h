// A short text for all that a database's system catalogs say of its schema, worked out by the
// server.
#pragma once

#include <string>

#include "schema/introspect/session.h"

namespace schemadiff::engine {

// The same while nobody has changed the schema; it may be another though the schema reads the same
// (made anew under other numbers). Throws StatementError.
std::string catalog_fingerprint(schema::introspection::Session& session);

}  // namespace schemadiff::engine
