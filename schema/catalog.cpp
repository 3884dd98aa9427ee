// Looks up objects, tables and columns by name.
#include "schema/catalog.h"

#include <algorithm>

namespace schemadiff::schema {
namespace {

template <class Columns>
auto* find_column(Columns& columns, std::string_view name) {
  const auto it = std::find_if(columns.begin(), columns.end(),
                               [&](const Column& column) { return column.name == name; });
  return it == columns.end() ? nullptr : &*it;
}

template <class T>
const Object* find_in(const ObjectMap<T>& map, const ObjectId& id) {
  const auto it = map.find(id);
  return it == map.end() ? nullptr : &it->second;
}

ObjectId relation_id(Kind kind, const ObjectId& child) {
  return {kind, child.schema, {}, child.parent, {}};
}

}  // namespace

const Column* Table::find(std::string_view name) const { return find_column(columns, name); }

Column* Table::find(std::string_view name) { return find_column(columns, name); }

const Object* Catalog::find(const ObjectId& id) const {
  switch (id.kind) {
#define KIND(name, map, label, keyword) \
  case Kind::name:                      \
    return find_in(map, id);
#include "schema/kinds.def"
    case Kind::Column:
    case Kind::Default:
      for (Kind kind : {Kind::Table, Kind::View, Kind::MaterializedView})
        if (const Object* relation = find(relation_id(kind, id))) return relation;
      return nullptr;
  }
  return nullptr;
}

const Hint* Catalog::hint(const ObjectId& id, std::string_view key) const {
  const auto found = hints.find(id);
  if (found == hints.end()) return nullptr;
  for (const Hint& hint : found->second)
    if (hint.key == key) return &hint;
  return nullptr;
}

const Table* Catalog::table(const QualifiedName& name) const {
  const auto it = tables.find({Kind::Table, name.schema, {}, name.name, {}});
  return it == tables.end() ? nullptr : &it->second;
}

Table* Catalog::table(const QualifiedName& name) {
  const auto it = tables.find({Kind::Table, name.schema, {}, name.name, {}});
  return it == tables.end() ? nullptr : &it->second;
}

}  // namespace schemadiff::schema
