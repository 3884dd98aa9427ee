// Decides what has to be recreated because something that it refers to is replaced.
#pragma once

#include <optional>
#include <vector>

#include "diff/change.h"

namespace schemadiff::diff {

// Adds to `changes` (or turns into Replace) all objects of both catalogs that, in `from`, refer to
// a replaced object or to a column whose type changes in a way that the server refuses under them.
// Adds an Alter of the attribute "type" for columns whose type is replaced, and a Replace of
// Kind::Default for defaults that refer to something replaced.
void add_recreations(const schema::Catalog& from, const schema::Catalog& to,
                     std::vector<Change>& changes);

// What of another kind has the name of the relation or type in the catalog.
std::optional<schema::ObjectId> namesake_of(const schema::ObjectId& id,
                                            const schema::Catalog& catalog);

// Whether the change alters the type or collation of a column.
bool retypes(const Change& change);

}  // namespace schemadiff::diff
