// --schema, --exclude and [ignore]: which objects take part.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::cli {

// Whether the whole text matches; * stands for any characters, ? for one.
bool matches(std::string_view pattern, std::string_view text);

// A pattern without a dot is matched against the schema (or the extension), one with a dot against
// schema.name. What stands on a table goes with its table.
struct Narrowing {
  std::vector<std::string> include;  // none: everything
  std::vector<std::string> exclude;
};

// Removes what does not take part.
void narrow(schema::Catalog& catalog, const Narrowing& narrowing);

// Whether the pattern matches any object.
bool matches_any(const schema::Catalog& catalog, std::string_view pattern);

}  // namespace schemadiff::cli
