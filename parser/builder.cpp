// Keeps the catalog and its look-up tables in step.
#include "parser/builder.h"

#include <algorithm>
#include <array>

#include "schema/ddl/ddl.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::QualifiedName;

template <class Map>
auto find_in_path(const Map& map, const QualifiedName& written,
                  const std::vector<std::string>& path) {
  if (!written.schema.empty()) return map.find(written);
  QualifiedName name{{}, written.name};
  for (const std::string& schema : path) {
    name.schema = schema;
    const auto found = map.find(name);
    if (found != map.end()) return found;
  }
  return map.end();
}

// Extension objects that many schemas use, to tell whose they are where several extensions are
// created.
struct KnownExtension {
  std::string_view extension;
  std::string_view prefix;  // of the names of its types, functions and operator classes
};
constexpr std::array<KnownExtension, 22> kKnownExtensions{{
    {"citext", "citext"},        {"hstore", "hstore"},      {"hstore", "ghstore"},
    {"hstore", "gist_hstore"},   {"hstore", "gin_hstore"},  {"ltree", "ltree"},
    {"ltree", "lquery"},         {"ltree", "ltxtquery"},    {"ltree", "gist_ltree"},
    {"ltree", "gist__ltree"},    {"cube", "cube"},          {"seg", "seg"},
    {"pg_trgm", "gin_trgm"},     {"pg_trgm", "gist_trgm"},  {"pg_trgm", "gtrgm"},
    {"intarray", "query_int"},   {"intarray", "gist__int"}, {"intarray", "gin__int"},
    {"tablefunc", "tablefunc_"}, {"postgis", "geometry"},   {"postgis", "geography"},
    {"vector", "vector"},
}};

}  // namespace

void Builder::set_search_path(std::vector<std::string> schemas) {
  auto& paths = catalog.search_paths;
  const auto found = std::find(paths.begin(), paths.end(), schemas);
  path = static_cast<int>(found - paths.begin());
  if (found == paths.end()) paths.push_back(std::move(schemas));
}

std::string Builder::tablespace_of(const char* written) const {
  const std::string name = written ? written : storage.tablespace;
  return name == "pg_default" ? std::string() : name;
}

std::string Builder::access_method_of(const char* written) const {
  const std::string name = written ? written : storage.access_method;
  return name == "heap" ? std::string() : name;
}

bool Builder::schema_exists(const std::string& name) const {
  return catalog.schemas.count({schema::Kind::Schema, {}, {}, name, {}}) > 0 ||
         name == "pg_catalog";
}

std::string Builder::creation_schema(const std::string& name) const {
  if (name.empty()) {
    for (const std::string& candidate : search_path()) {
      if (candidate != "pg_catalog" && schema_exists(candidate)) return candidate;
    }
    if (schema_exists("public")) return "public";
    throw Missing("no schema has been selected to create in");
  }
  if (!schema_exists(name)) {
    throw Missing("schema \"" + name + "\" does not exist",
                  "add CREATE SCHEMA " + schema::quote_identifier(name));
  }
  return name;
}

const Relation* Builder::find_relation(const QualifiedName& written) const {
  const auto found = find_in_path(relations, written, search_path());
  return found == relations.end() ? nullptr : &found->second;
}

const std::pair<const QualifiedName, UserType>* Builder::find_type(
    const QualifiedName& written) const {
  const auto found = find_in_path(types, written, search_path());
  return found == types.end() ? nullptr : &*found;
}

const Relation& Builder::relation(const QualifiedName& written, std::string_view what) const {
  if (const Relation* found = find_relation(written)) return *found;
  throw Missing(std::string(what) + " " + schema::quote_qualified(written) + " does not exist");
}

schema::Table& Builder::table(const QualifiedName& written) const {
  const Relation& found = relation(written, "table");
  if (found.kind != RelationKind::Table) {
    throw Error(schema::quote_qualified(written) + " is not a table");
  }
  return static_cast<schema::Table&>(*found.object);
}

bool Builder::may_be_extension_type(const std::string& name) const {
  return !extension_schemas.empty() && declared_types.count(name) == 0;
}

bool Builder::may_be_extension_routine(const std::string& name) const {
  return !extension_schemas.empty() && declared_routines.count(name) == 0;
}

std::string Builder::extension_schema_of(const std::string& object_name) const {
  for (const KnownExtension& known : kKnownExtensions) {
    if (object_name.compare(0, known.prefix.size(), known.prefix) != 0) continue;
    const auto found = extension_schemas.find(std::string(known.extension));
    if (found != extension_schemas.end()) return found->second;
  }
  std::string only;
  for (const auto& [extension, schema] : extension_schemas) {
    if (!only.empty() && only != schema) return {};
    only = schema;
  }
  return only;
}

template <class T>
T& Builder::add(T object) {
  object.search_path = path;
  if (object.acl.empty()) object.acl = default_acl(T::kKind, object.id.schema);
  auto& map = schema::map_of<T>(catalog);
  schema::ObjectId id = object.id;
  const auto [at, fresh] = map.try_emplace(std::move(id), std::move(object));
  T& added = at->second;
  if (!fresh) {
    throw Error(schema::describe(added.id) + " is defined twice",
                "the first definition is at line " + std::to_string(added.span.line) +
                    (catalog.files.size() > 1 ? " of " + catalog.files[added.span.file] : ""));
  }
  if constexpr (std::is_same_v<T, schema::Routine> || std::is_same_v<T, schema::Aggregate>) {
    routines[name_of(added)].push_back(&added);
  }
  return added;
}

#define KIND(name, map, label, keyword) template schema::name& Builder::add(schema::name);
#include "schema/kinds.def"

void Builder::enter_relation(schema::Object& object, RelationKind kind, const QualifiedName& name) {
  const auto [at, fresh] = relations.try_emplace(name, Relation{kind, &object});
  if (!fresh) {
    throw Error("relation " + schema::quote_qualified(name) + " already exists");
  }
}

void Builder::enter_type(schema::Object* object, const QualifiedName& name, bool multirange) {
  const auto [at, fresh] = types.try_emplace(name, UserType{object, multirange});
  if (!fresh) throw Error("type " + schema::quote_qualified(name) + " already exists");
}

void Builder::forget_constraint(const std::string& schema, const std::string& name) {
  const auto found = constraint_names.find({schema, name});
  if (found != constraint_names.end() && --found->second == 0) constraint_names.erase(found);
}

std::string Builder::choose_relation_name(std::string_view name1, std::string_view name2,
                                          std::string_view label, const std::string& schema,
                                          bool is_constraint) const {
  std::string numbered(label);
  for (int pass = 1;; ++pass) {
    QualifiedName name{schema, schema::make_object_name(name1, name2, numbered)};
    if (!relations.count(name) && !(is_constraint && constraint_names.count(name))) {
      return name.name;
    }
    numbered = std::string(label) + std::to_string(pass);
  }
}

std::string Builder::choose_constraint_name(std::string_view name1, std::string_view name2,
                                            std::string_view label,
                                            const std::string& schema) const {
  std::string numbered(label);
  for (int pass = 1;; ++pass) {
    QualifiedName name{schema, schema::make_object_name(name1, name2, numbered)};
    if (!constraint_names.count(name)) return name.name;
    numbered = std::string(label) + std::to_string(pass);
  }
}

const std::vector<schema::Grant>& Builder::default_acl(schema::Kind kind,
                                                       const std::string& schema) {
  const auto [at, fresh] = default_acls_.try_emplace({kind, schema});
  if (fresh) at->second = schema::initial_acl(catalog, kind, schema);
  return at->second;
}

void Builder::note_once(const std::string& key, const std::string& note) {
  if (noted_.insert(key).second) catalog.notes.push_back(note);
}

}  // namespace schemadiff::parser
