// A file that says how large tables are, for plans without a database and for what-if questions.
#pragma once

#include <string>

#include "schema/facts.h"

namespace schemadiff::cli {

// TOML: [tables."schema.name"] and [others], each with rows, bytes, index_bytes and
// writes_per_second as far as they are known. Throws Error with the place of what is wrong.
schema::Facts read_facts_file(const std::string& path);

}  // namespace schemadiff::cli
