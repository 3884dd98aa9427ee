// Tables that have another name on the other side of a comparison, as hints say.
#pragma once

#include <string>
#include <vector>

#include "schema/object_id.h"
#include "schema/values.h"

namespace schemadiff::schema {

// A constraint, index or sequence that is called after its table; in the schema of that.
struct RenamedPart {
  Kind kind{};
  std::string before, after;
};

struct RenamedTable {
  QualifiedName before, after;
  std::vector<RenamedPart> parts;
  Span span;  // of the hint, in the files of the side that has the new name
};

}  // namespace schemadiff::schema
