// Where the files say something of an object.
#pragma once

#include <string>

#include "schema/catalog.h"

namespace schemadiff::cli {

// The place of the object, or of the column, in the catalog's files; line 0: none.
schema::Span span_of(const schema::ObjectId& id, const schema::Catalog& catalog);

// "schema.sql:12"; empty: nowhere.
std::string place_of(const schema::ObjectId& id, const schema::Catalog& catalog);

}  // namespace schemadiff::cli
