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
    case Kind::Schema:
      return find_in(schemas, id);
    case Kind::Extension:
      return find_in(extensions, id);
    case Kind::Enum:
      return find_in(enums, id);
    case Kind::Domain:
      return find_in(domains, id);
    case Kind::Composite:
      return find_in(composites, id);
    case Kind::Range:
      return find_in(ranges, id);
    case Kind::Routine:
      return find_in(routines, id);
    case Kind::Aggregate:
      return find_in(aggregates, id);
    case Kind::Sequence:
      return find_in(sequences, id);
    case Kind::Table:
      return find_in(tables, id);
    case Kind::Column:
    case Kind::Default:
      for (Kind kind : {Kind::Table, Kind::View, Kind::MaterializedView})
        if (const Object* relation = find(relation_id(kind, id))) return relation;
      return nullptr;
    case Kind::View:
      return find_in(views, id);
    case Kind::MaterializedView:
      return find_in(materialized_views, id);
    case Kind::Index:
      return find_in(indexes, id);
    case Kind::Constraint:
      return find_in(constraints, id);
    case Kind::Trigger:
      return find_in(triggers, id);
    case Kind::Policy:
      return find_in(policies, id);
  }
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
