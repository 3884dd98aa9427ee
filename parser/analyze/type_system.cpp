// Which types there are, by name and by number, and what is known of each.
#include "parser/analyze/type_system.h"

#include "parser/analyze/type_system_coercion.h"
#include "parser/analyze/type_system_tables.h"

namespace schemadiff::parser {
namespace {

using schema::ExtensionObjects;

// Numbers the types of the catalog and of extensions, each with its array type.
class TypeReader {
 public:
  explicit TypeReader(TypeTables& tables) : tables_(tables) {}

  void read() {
    const schema::Catalog& c = tables_.catalog;
    std::size_t count = c.enums.size() + c.domains.size() + c.composites.size() +
                        2 * c.ranges.size() + c.base_types.size() + c.tables.size() +
                        c.views.size() + c.materialized_views.size() +
                        c.extension_objects.types.size() + tables_.environment.types.size();
    tables_.types.reserve(2 * count);
    tables_.types_by_name.reserve(count);
    for (const auto& [id, object] : c.enums) add(id, object, 'e', 'E');
    for (const auto& [id, object] : c.domains) add(id, object, 'd', 'U');
    for (const auto& [id, object] : c.composites) add(id, object, 'c', 'C');
    for (const auto& [id, object] : c.tables) add(id, object, 'c', 'C');
    for (const auto& [id, object] : c.views) add(id, object, 'c', 'C');
    for (const auto& [id, object] : c.materialized_views) add(id, object, 'c', 'C');
    for (const auto& [id, object] : c.ranges) add_range(id, object);
    for (const auto& [id, object] : c.base_types) add_base(id, object);
    for (const auto* objects : {&c.extension_objects, &tables_.environment}) {
      for (const ExtensionObjects::Type& type : objects->types) add(type);
    }
  }

 private:
  TypeId next() const {
    return TypeId{BuiltIns::kFirstUserType + static_cast<std::uint32_t>(tables_.types.size())};
  }

  // The type and its array type; nothing for a name that is taken.
  TypeId add(TypeInfo type) {
    TypeId id = next();
    if (!tables_.types_by_name.emplace(NameKey{type.schema, type.name}, id).second) return {};
    TypeId array{id.oid + 1};
    type.array = array;
    tables_.types.push_back(type);
    TypeInfo of_array;
    of_array.schema = type.schema;
    of_array.name = type.name;
    of_array.category = 'A';
    of_array.collatable = type.collatable;
    of_array.storage = 'x';
    of_array.true_array = true;
    of_array.provenance = type.provenance;
    of_array.element = id;
    tables_.types.push_back(of_array);
    return id;
  }

  TypeId add(const schema::ObjectId& id, const schema::Object& object, char typtype,
             char category) {
    TypeInfo type;
    type.schema = id.schema;
    type.name = id.name;
    type.typtype = typtype;
    type.category = category;
    type.storage = typtype == 'e' ? 'p' : 'x';
    type.provenance = Provenance::User;
    type.object = &object;
    return add(type);
  }

  void add_range(const schema::ObjectId& id, const schema::Range& object) {
    TypeId range = add(id, object, 'r', 'R');
    if (!range) return;
    TypeInfo type;
    type.schema = object.multirange.schema;
    type.name = object.multirange.name;
    type.typtype = 'm';
    type.category = 'R';
    type.storage = 'x';
    type.provenance = Provenance::User;
    type.subtype = range;
    TypeId multirange = type.name.empty() ? TypeId{} : add(type);
    tables_.types[range.oid - BuiltIns::kFirstUserType].multirange = multirange;
  }

  void add_base(const schema::ObjectId& id, const schema::BaseType& object) {
    TypeInfo type;
    type.schema = id.schema;
    type.name = id.name;
    type.category = object.category;
    type.preferred = object.preferred;
    type.collatable = object.collatable;
    type.storage = object.storage;
    type.provenance = Provenance::User;
    type.opaque = true;
    type.object = &object;
    add(type);
  }

  void add(const ExtensionObjects::Type& from) {
    if (from.category == 'A') return;
    TypeInfo type;
    type.schema = from.name.schema;
    type.name = from.name.name;
    type.typtype = from.typtype;
    type.category = from.category;
    type.preferred = from.preferred;
    type.collatable = from.collatable;
    type.storage = from.storage;
    type.provenance = Provenance::Extension;
    type.opaque = from.typtype == 'b';
    add(type);
  }

  TypeTables& tables_;
};

// Array types are called after their element with an underscore before it (makeArrayTypeName).
void name_arrays(TypeTables& tables) {
  constexpr std::size_t kMaxName = 63;
  std::size_t size = 0;
  for (const TypeInfo& type : tables.types) size += type.name.size() + 1;
  tables.array_names.reserve(size);
  for (TypeInfo& type : tables.types) {
    if (!type.true_array) continue;
    std::size_t start = tables.array_names.size();
    tables.array_names += '_';
    tables.array_names += type.name.substr(0, kMaxName - 1);
    type.name = std::string_view(tables.array_names).substr(start);
  }
}

// What types say of other types, once all are numbered. Domains take over their base type's traits.
class Linker {
 public:
  Linker(const TypeSystem& system, TypeTables& tables) : system_(system), tables_(tables) {}

  void link() {
    for (TypeInfo& type : tables_.types) {
      if (type.typtype == 'd') link_domain(type, 0);
      if (type.typtype == 'r' && type.object) {
        const auto& range = static_cast<const schema::Range&>(*type.object);
        type.subtype = system_.parse(range.subtype.sql).id;
      }
    }
    for (TypeInfo& type : tables_.types) {
      if (type.typtype == 'd' && !ends(type.base.id)) type.base = {};
    }
    for (TypeInfo& type : tables_.types) {
      if (type.true_array) type.collatable = system_.info(type.element).collatable;
    }
  }

 private:
  static constexpr int kMaxDepth = 50;

  std::string_view base_text(const TypeInfo& type) const {
    if (type.object) return static_cast<const schema::Domain&>(*type.object).base.sql;
    for (const auto* objects : {&tables_.catalog.extension_objects, &tables_.environment}) {
      for (const ExtensionObjects::Type& candidate : objects->types) {
        if (candidate.name.schema == type.schema && candidate.name.name == type.name) {
          return candidate.base;
        }
      }
    }
    return {};
  }

  // Whether domains and arrays lead to something else: not so for a domain over itself.
  bool ends(TypeId type) const {
    for (int depth = 0; depth < kMaxDepth; ++depth) {
      const TypeInfo& info = system_.info(type);
      if (info.typtype == 'd') {
        type = info.base.id;
      } else if (info.true_array) {
        type = info.element;
      } else {
        return true;
      }
    }
    return false;
  }

  void link_domain(TypeInfo& type, int depth) {
    if (type.base || depth > kMaxDepth) return;
    type.base = system_.parse(base_text(type));
    if (!type.base) return;
    TypeId base = type.base.id;
    if (base.oid >= BuiltIns::kFirstUserType && system_.info(base).typtype == 'd') {
      link_domain(tables_.types[base.oid - BuiltIns::kFirstUserType], depth + 1);
    }
    const TypeInfo& from = system_.info(base);
    type.category = from.category;
    type.storage = from.storage;
    type.collatable = from.collatable;
    type.opaque = from.opaque;
  }

  const TypeSystem& system_;
  TypeTables& tables_;
};

}  // namespace

const TypeInfo& TypeTables::info(TypeId id) const {
  if (id.oid < BuiltIns::kFirstUserType) return built_in.type(id);
  std::size_t index = id.oid - BuiltIns::kFirstUserType;
  return index < types.size() ? types[index] : built_in.types.front();
}

const CastInfo* TypeTables::cast(TypeId from, TypeId to) const {
  std::uint64_t key = cast_key(from, to);
  if (auto place = built_in.casts.find(key); place != built_in.casts.end()) return &place->second;
  if (auto place = casts.find(key); place != casts.end()) return &place->second;
  return nullptr;
}

int path_position(std::string_view schema, SearchPath path) {
  int position = -1, at = 0;
  any_in_path(path, [&](std::string_view candidate) {
    if (candidate == schema) position = at;
    ++at;
    return position >= 0;
  });
  return position;
}

bool TypeSystem::utc_sessions() const { return tables_->environment.utc_sessions; }

TypeSystem::TypeSystem(const schema::Catalog& catalog, const schema::ExtensionObjects& environment)
    : tables_(std::make_unique<TypeTables>(catalog, environment)) {
  TypeReader(*tables_).read();
  name_arrays(*tables_);
  Linker(*this, *tables_).link();
  read_user_routines(*this, *tables_);
}

TypeSystem::~TypeSystem() = default;

const TypeInfo& TypeSystem::info(TypeId type) const { return tables_->info(type); }

const TypeInfo& TypeSystem::element_or_itself(TypeId type) const {
  const TypeInfo& found = info(type);
  return found.true_array ? info(found.element) : found;
}

void add_refs(const TypeInfo& type, std::vector<schema::ObjectId>& refs) {
  if (!type.object) return;
  refs.push_back(type.object->id);
  if (type.object->id.kind == schema::Kind::Table)
    refs.push_back(schema::row_type_id(type.object->id));
}

TypeId TypeSystem::find(std::string_view schema, std::string_view name) const {
  NameKey key{schema, name};
  const BuiltIns& built_in = tables_->built_in;
  if (auto place = built_in.types_by_name.find(key); place != built_in.types_by_name.end()) {
    return place->second;
  }
  const auto& own = tables_->types_by_name;
  if (auto place = own.find(key); place != own.end()) return place->second;
  if (name.empty() || name.front() != '_') return {};
  auto element = own.find(NameKey{schema, name.substr(1)});
  return element == own.end() ? TypeId{} : info(element->second).array;
}

TypeId TypeSystem::find(std::string_view schema, std::string_view name, SearchPath path) const {
  if (!schema.empty()) return find(schema, name);
  TypeId found;
  any_in_path(path, [&](std::string_view candidate) {
    found = find(candidate, name);
    return bool(found);
  });
  return found;
}

TypeRef TypeSystem::base(TypeRef type) const {
  while (info(type.id).typtype == 'd') {
    TypeRef next = info(type.id).base;
    if (!next) break;
    if (type.typmod >= 0) next.typmod = type.typmod;
    type = next;
  }
  return type;
}

TypeId TypeSystem::array_element(TypeId type) const {
  const TypeInfo& array = info(base(type));
  return array.true_array ? array.element : TypeId{};
}

bool TypeSystem::is_polymorphic(TypeId type) const {
  switch (type.oid) {
    case types::kAnyElement.oid:
    case types::kAnyArray.oid:
    case types::kAnyNonArray.oid:
    case types::kAnyEnum.oid:
    case types::kAnyRange.oid:
    case types::kAnyMultirange.oid:
    case types::kAnyCompatible.oid:
    case types::kAnyCompatibleArray.oid:
    case types::kAnyCompatibleNonArray.oid:
    case types::kAnyCompatibleRange.oid:
    case types::kAnyCompatibleMultirange.oid:
      return true;
    default:
      return false;
  }
}

bool TypeSystem::is_row(TypeId type) const {
  return type == types::kRecord || info(base(type)).typtype == 'c';
}

TypeId TypeSystem::row_type(std::string_view schema, std::string_view name) const {
  TypeId type = find(schema, name);
  return info(type).typtype == 'c' ? type : TypeId{};
}

}  // namespace schemadiff::parser
