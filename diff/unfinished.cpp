#include "diff/unfinished.h"

#include <algorithm>
#include <map>
#include <vector>

namespace schemadiff::diff {

using namespace schema;

void expect_parts(Catalog& from, const Catalog& to) {
  std::map<QualifiedName, std::vector<ObjectId>> parts;  // by the index above, those of `to`
  for (const auto& [id, index] : to.indexes)
    if (!index.parent_index.empty()) parts[index.parent_index].push_back(id);
  const auto lacks = [&](const ObjectId& id) {
    const auto part = from.indexes.find(id);
    return part == from.indexes.end() || part->second.parent_index.empty() || !part->second.valid;
  };
  for (auto& [id, index] : from.indexes) {
    const auto wanted = to.indexes.find(id);
    if (index.valid || wanted == to.indexes.end() || !wanted->second.valid) continue;
    const auto expected = parts.find({id.schema, id.name});
    if (expected != parts.end() && std::ranges::any_of(expected->second, lacks)) index.valid = true;
  }
}

}  // namespace schemadiff::diff
