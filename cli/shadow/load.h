// The canonical dump of a schema → a database.
#pragma once

#include <set>

#include "schema/catalog.h"
#include "schema/introspect/session.h"

namespace schemadiff::cli {

// Runs the statements of the dump, object by object; only statements of our own making run,
// whatever the user's files hold beside them. Gives the objects that could not be made since
// something they need is missing: an extension (`lacks_extensions`), or what the model does not
// hold. Throws Error for any other refusal, with the place of the object in the user's files.
std::set<schema::ObjectId> load(const schema::Catalog& catalog, bool lacks_extensions,
                                schema::introspection::Session& session);

}  // namespace schemadiff::cli
