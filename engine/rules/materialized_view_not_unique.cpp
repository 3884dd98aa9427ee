// A materialized view that cannot be refreshed while it is read.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

bool tells_rows_apart(const Object& object) {
  if (object.id.kind != Kind::Index) return false;
  const auto& index = static_cast<const Index&>(object);
  return index.unique && index.predicate.empty() &&
         std::none_of(index.elements.begin(), index.elements.end(),
                      [](const IndexElement& element) { return element.column.empty(); });
}

}  // namespace

Verdict materialized_view_not_unique(const Subject& s) {
  const bool drops = s.drops_for_good(Kind::Index) && tells_rows_apart(*s.before<Index>());
  if (!drops && !(s.makes(Kind::MaterializedView) && !s.replaced())) return kSilent;
  const QualifiedName name = s.table();
  if (!s.context.to.find({Kind::MaterializedView, name.schema, {}, name.name, {}})) return kSilent;
  if (std::any_of(s.on_table().begin(), s.on_table().end(),
                  [](const Object* object) { return tells_rows_apart(*object); }))
    return kSilent;
  return fires(
      "Without a unique index it cannot be refreshed CONCURRENTLY: its readers wait for each "
      "refresh.");
}

}  // namespace schemadiff::engine::rules
