// What a desired schema has and the version of the database that shall get it has not.
#pragma once

#include "schema/catalog.h"

namespace schemadiff::cli {

// Makes of both sides what the version of `from` can hold, where it is known: what `to` has beyond
// that is left out, or takes the form next to it, and is listed as not modelled.
void fit_to_version(schema::Catalog& from, schema::Catalog& to);

}  // namespace schemadiff::cli
