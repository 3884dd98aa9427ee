// What no diff can know, from comments beside objects in schema files:
//   -- schemadiff: renamed_from=name
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::parser {

// Adds the hints of the text, which is catalog.files[file], to the objects and columns that they
// stand beside: on the line where one begins, or on lines of their own above it. Throws Error with
// its place for an unknown key, a missing value, and a hint beside nothing.
void collect_hints(std::string_view text, std::uint32_t file, schema::Catalog& catalog);

// The keys that hints may have, sorted, and a value of one as an example.
std::vector<std::string> hint_keys();
std::string hint_example(std::string_view key);

// Whether the value of the key can be followed: a backfill is an expression, a map a list of pairs.
// Returns what is wrong with it; empty: nothing.
std::string wrong_hint(std::string_view key, std::string_view value);

}  // namespace schemadiff::parser
