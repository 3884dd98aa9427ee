// Definitions that are known to be equal though their texts and normal forms are not.
#pragma once

#include "schema/catalog.h"
#include "schema/memo.h"

namespace schemadiff::diff {

// Makes a definition of a database equal to that of `source` where the database's memo has just
// this pair: the source's normal form, and the server's present text. Whatever was changed on
// either side since then is not the pair any more. Both catalogs have been analysed.
void recall(const schema::Memo& memo, schema::Catalog& database, schema::Catalog& source);

// Makes all pairs of definitions equal of which analysis could not tell whether they are.
void agree(schema::Catalog& from, schema::Catalog& to);

}  // namespace schemadiff::diff
