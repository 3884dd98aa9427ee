// What follows from the handler of an access method.
#pragma once

#include <string_view>

#include "schema/catalog.h"

namespace schemadiff::schema {

// The built-in index access method whose handler the method has: "btree" for one that was made with
// HANDLER bthandler. Else the method itself.
std::string_view built_in_method(const Catalog& catalog, std::string_view method);

}  // namespace schemadiff::schema
