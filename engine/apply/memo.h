// The memo's table in a database: schemadiff.memo (docs/architecture.md).
#pragma once

#include <cstddef>
#include <string_view>

#include "schema/catalog.h"
#include "schema/introspect/session.h"

namespace schemadiff::engine {

// Records, in one transaction, that each definition that both have is in the database `live` what
// `source` says; makes the schema and the table where they are missing. Both have been analysed.
// Returns how many definitions there are. Throws Error: no permission, a server that is read-only.
std::size_t record_memo(schema::introspection::Session& session, const schema::Catalog& live,
                        const schema::Catalog& source, std::string_view tool_version);

}  // namespace schemadiff::engine
