// SQL text → Catalog.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::parser {

struct SourceText {
  std::string name;  // as errors shall show it: a path, "<stdin>", "HEAD:schema.sql"
  std::string text;
};

struct ParseOptions {
  std::vector<std::string> search_path{"public"};  // until a file sets another
  std::string current_role = {};                   // who runs the statements; empty: not known
};

// Reads the statements of all texts as one desired state; their order does not matter where the
// meaning does not depend on it. Names, types and implicit objects are resolved as the server
// would. The definition texts are not analysed yet: see analyze(). Throws Error: syntax (with
// place), a name defined twice, a reference to something that does not exist. Statements that the
// model does not know go to Catalog::unmodelled, with their place.
schema::Catalog parse(const std::vector<SourceText>& texts, const ParseOptions& options = {});

}  // namespace schemadiff::parser
