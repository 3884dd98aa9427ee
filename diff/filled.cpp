#include "diff/filled.h"

#include <algorithm>
#include <set>

namespace schemadiff::diff {

using namespace schema;

namespace {

// `seen`: what was looked into; a file may have views read each other in a circle.
bool reads_empty(const Object& view, const Catalog& catalog, std::set<ObjectId>& seen) {
  for (const ObjectId& ref : view.refs) {
    if ((ref.kind != Kind::View && ref.kind != Kind::MaterializedView) || !seen.insert(ref).second)
      continue;
    const Object* read = catalog.find(ref);
    if (!read) continue;
    if (ref.kind == Kind::MaterializedView &&
        !static_cast<const MaterializedView*>(read)->populated)
      return true;
    if (reads_empty(*read, catalog, seen)) return true;
  }
  return false;
}

}  // namespace

std::vector<ObjectId> keep_filled(Catalog& from, Catalog& to) {
  for (auto& [id, before] : from.materialized_views) {
    if (from.server_version == 0) before.populated = true;
    const auto after = to.materialized_views.find(id);
    if (after != to.materialized_views.end()) after->second.populated = before.populated;
  }
  std::vector<ObjectId> empty;
  if (std::ranges::all_of(to.materialized_views,
                          [](const auto& entry) { return entry.second.populated; }))
    return empty;
  for (const auto& [id, view] : to.materialized_views) {
    std::set<ObjectId> seen;
    if (view.populated && reads_empty(view, to, seen)) empty.push_back(id);
  }
  for (const ObjectId& id : empty) to.materialized_views.at(id).populated = false;
  std::erase_if(empty, [&](const ObjectId& id) { return from.materialized_views.contains(id); });
  return empty;
}

}  // namespace schemadiff::diff
