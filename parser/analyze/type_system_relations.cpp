// Relations and their columns, collations, access methods, languages and operator classes.
#include "parser/analyze/type_system_coercion.h"
#include "parser/analyze/type_system_tables.h"

namespace schemadiff::parser {
namespace {

using schema::ObjectId;
using schema::QualifiedName;

std::vector<ColumnInfo> built_in_columns(std::string_view list) {
  std::vector<ColumnInfo> columns;
  while (!list.empty()) {
    std::string_view rest = next_part(list, ',');
    ColumnInfo& column = columns.emplace_back();
    column.name = next_part(rest, ':');
    column.type.id.oid = static_cast<std::uint32_t>(table_number(next_part(rest, ':')));
    column.type.typmod = static_cast<std::int32_t>(table_number(next_part(rest, ':')));
    if (!rest.empty()) column.collation = {"pg_catalog", std::string(rest)};
  }
  return columns;
}

// Columns of tables, views and composite types alike.
template <class Columns>
std::vector<ColumnInfo> user_columns(const TypeSystem& system, const Columns& from) {
  std::vector<ColumnInfo> columns;
  columns.reserve(from.size());
  for (const auto& column : from) {
    ColumnInfo& to = columns.emplace_back();
    to.name = column.name;
    to.type = system.parse(column.type.sql);
    if constexpr (requires { column.collation; }) to.collation = column.collation;
  }
  return columns;
}

}  // namespace

std::vector<ColumnInfo> TypeSystem::columns(TypeId row_type) const {
  row_type = base(row_type);
  const TypeInfo& type = info(row_type);
  if (type.typtype != 'c') return {};
  if (!type.object) {
    const auto& relations = tables_->built_in.relations_by_row_type;
    auto place = relations.find(row_type.oid);
    return place == relations.end() ? std::vector<ColumnInfo>{}
                                    : built_in_columns(place->second->columns);
  }
  switch (type.object->id.kind) {
    case schema::Kind::Table:
      return user_columns(*this, static_cast<const schema::Table&>(*type.object).columns);
    case schema::Kind::Composite:
      return user_columns(*this, static_cast<const schema::Composite&>(*type.object).columns);
    case schema::Kind::View:
      return user_columns(*this, static_cast<const schema::View&>(*type.object).columns);
    case schema::Kind::MaterializedView:
      return user_columns(*this,
                          static_cast<const schema::MaterializedView&>(*type.object).columns);
    default:
      return {};
  }
}

std::optional<RelationInfo> TypeSystem::find_relation(std::string_view schema,
                                                      std::string_view name,
                                                      SearchPath path) const {
  std::optional<RelationInfo> found;
  auto look = [&](std::string_view candidate) {
    const auto& relations = tables_->built_in.relations;
    if (auto place = relations.find(NameKey{candidate, name}); place != relations.end()) {
      found = RelationInfo{place->first.schema, place->first.name, place->second.kind,
                           place->second.row_type, Provenance::BuiltIn};
      return true;
    }
    const auto& own = tables_->types_by_name;
    if (auto place = own.find(NameKey{candidate, name}); place != own.end()) {
      const TypeInfo& type = info(place->second);
      if (type.typtype == 'c') {
        char kind = 'c';
        if (type.object && type.object->id.kind == schema::Kind::Table) kind = 'r';
        if (type.object && type.object->id.kind == schema::Kind::View) kind = 'v';
        if (type.object && type.object->id.kind == schema::Kind::MaterializedView) kind = 'm';
        found = RelationInfo{type.schema, type.name, kind, place->second, type.provenance};
        return true;
      }
    }
    const schema::Catalog& catalog = tables_->catalog;
    ObjectId id;
    id.schema = candidate;
    id.name = name;
    id.kind = schema::Kind::Sequence;
    if (auto place = catalog.sequences.find(id); place != catalog.sequences.end()) {
      found = RelationInfo{place->first.schema, place->first.name, 'S', {}, Provenance::User};
      return true;
    }
    id.kind = schema::Kind::Index;
    if (auto place = catalog.indexes.find(id); place != catalog.indexes.end()) {
      found = RelationInfo{place->first.schema, place->first.name, 'i', {}, Provenance::User};
      return true;
    }
    return false;
  };
  if (!schema.empty()) {
    look(schema);
  } else {
    any_in_path(path, look);
  }
  return found;
}

std::optional<QualifiedName> TypeSystem::find_collation(std::string_view schema,
                                                        std::string_view name,
                                                        SearchPath path) const {
  return find_named(schema::Kind::Collation, schema, name, path);
}

std::optional<QualifiedName> TypeSystem::find_named(schema::Kind kind, std::string_view schema,
                                                    std::string_view name, SearchPath path) const {
  std::optional<QualifiedName> found;
  const auto look = [&](std::string_view candidate) {
    const schema::ObjectId id{kind, std::string(candidate), {}, std::string(name), {}};
    const bool exists =
        candidate == "pg_catalog"
            ? tables_->built_in.names.contains(NameKey{schema::kind_label(kind), name})
            : tables_->catalog.find(id) != nullptr;
    if (exists) found = {id.schema, id.name};
    return exists;
  };
  if (!schema.empty()) {
    look(schema);
  } else {
    any_in_path(path, look);
  }
  return found;
}

bool TypeSystem::has_access_method(std::string_view name) const {
  return tables_->built_in.names.contains(NameKey{"access method", name});
}

bool TypeSystem::has_language(std::string_view name) const {
  return tables_->built_in.names.contains(NameKey{"language", name});
}

std::optional<QualifiedName> TypeSystem::default_opclass(std::string_view method,
                                                         TypeId type) const {
  type = base(type);
  const OpclassInfo* exact = nullptr;
  const OpclassInfo* preferred = nullptr;
  const OpclassInfo* compatible = nullptr;
  int exacts = 0, preferreds = 0, compatibles = 0;
  auto consider = [&](const OpclassInfo& opclass) {
    if (!opclass.is_default || opclass.method != method) return;
    if (opclass.type == type) {
      exact = &opclass;
      ++exacts;
    } else if (exacts == 0 && is_binary_coercible(*this, type, opclass.type)) {
      const TypeInfo& target = info(opclass.type);
      if (target.preferred && target.category == info(type).category) {
        preferred = &opclass;
        ++preferreds;
      }
      compatible = &opclass;
      ++compatibles;
    }
  };
  for (const OpclassInfo& opclass : tables_->built_in.opclasses) consider(opclass);
  for (const OpclassInfo& opclass : tables_->opclasses) consider(opclass);
  const OpclassInfo* chosen = exacts == 1        ? exact
                              : exacts > 1       ? nullptr
                              : preferreds == 1  ? preferred
                              : compatibles == 1 ? compatible
                                                 : nullptr;
  if (!chosen) return std::nullopt;
  return QualifiedName{std::string(chosen->schema), std::string(chosen->name)};
}

std::optional<QualifiedName> TypeSystem::find_opclass(std::string_view method,
                                                      std::string_view schema,
                                                      std::string_view name,
                                                      SearchPath path) const {
  const OpclassInfo* best = nullptr;
  int best_position = 0;
  auto consider = [&](const OpclassInfo& opclass) {
    if (opclass.method != method || opclass.name != name) return;
    int position = schema.empty()             ? path_position(opclass.schema, path)
                   : schema == opclass.schema ? 0
                                              : -1;
    if (position < 0 || (best && position >= best_position)) return;
    best = &opclass;
    best_position = position;
  };
  for (const OpclassInfo& opclass : tables_->built_in.opclasses) consider(opclass);
  for (const OpclassInfo& opclass : tables_->opclasses) consider(opclass);
  if (!best) return std::nullopt;
  return QualifiedName{std::string(best->schema), std::string(best->name)};
}

}  // namespace schemadiff::parser
