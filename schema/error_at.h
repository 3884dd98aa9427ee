// Errors at places of files that were read.
#pragma once

#include "schema/catalog.h"
#include "schema/error.h"

namespace schemadiff::schema {

// An error at a place in the files of the catalog; line 0: at no place.
Error error_at(const Span& span, const Catalog& catalog, std::string message, std::string hint);

}  // namespace schemadiff::schema
