// Short texts that stand for the state of a database's objects: whether something has changed.
#pragma once

#include <map>
#include <string>

#include "schema/catalog.h"

namespace schemadiff::schema {

using ObjectDigests = std::map<ObjectId, std::string>;

// A digest of each object with all that the model knows of it; a table with its columns. Owners and
// privileges count where asked for; whether an index is valid does not: while its parts are built
// it is taken for what it becomes. The catalog has been analysed.
ObjectDigests object_digests(const Catalog& catalog, bool owners, bool privileges);

// The object that stands in a catalog by itself: of a column or default, its table.
ObjectId whole(const ObjectId& id);

// Of the whole object; empty: it is not there.
std::string digest_of(const ObjectDigests& digests, const ObjectId& id);

// One for all of them.
std::string fingerprint(const ObjectDigests& digests);

}  // namespace schemadiff::schema
