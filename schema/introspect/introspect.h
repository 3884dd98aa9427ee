// Live database → Catalog.
#pragma once

#include <string>

#include "schema/catalog.h"

namespace schemadiff::schema {

// Reads the whole schema in one REPEATABLE READ READ ONLY snapshot with a handful of set-based
// queries. Definition texts are the server's own, with every name qualified; they are not analysed
// yet. `conninfo`: a libpq URI or keyword string. Throws Error without ever showing a password.
Catalog introspect(const std::string& conninfo);

}  // namespace schemadiff::schema
