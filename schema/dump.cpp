// Writes the units of a dump as one text, or as a file per object.
#include "schema/dump.h"

#include <map>
#include <set>

#include "schema/dump_units.h"

namespace schemadiff::schema {
namespace {

std::string folder_of(Kind kind) {
  switch (kind) {
    case Kind::Schema:
      return "schemas";
    case Kind::Extension:
      return "extensions";
    case Kind::Enum:
    case Kind::Domain:
    case Kind::Composite:
    case Kind::Range:
    case Kind::BaseType:
      return "types";
    case Kind::Routine:
    case Kind::Aggregate:
      return "functions";
    case Kind::Sequence:
      return "sequences";
    case Kind::ForeignDataWrapper:
    case Kind::ForeignServer:
    case Kind::UserMapping:
      return "foreign_servers";
    case Kind::Language:
    case Kind::Transform:
      return "languages";
    case Kind::AccessMethod:
      return "access_methods";
    case Kind::TextSearchParser:
    case Kind::TextSearchTemplate:
    case Kind::TextSearchDictionary:
    case Kind::TextSearchConfiguration:
      return "text_search";
    case Kind::Publication:
      return "publications";
    case Kind::Subscription:
      return "subscriptions";
    case Kind::Collation:
      return "collations";
    case Kind::Operator:
    case Kind::OperatorFamily:
    case Kind::OperatorClass:
      return "operators";
    case Kind::Cast:
      return "casts";
    case Kind::Conversion:
      return "conversions";
    case Kind::EventTrigger:
      return "event_triggers";
    case Kind::DefaultPrivileges:
    case Kind::MemberPrivileges:
      return "default_privileges";
    case Kind::View:
      return "views";
    case Kind::MaterializedView:
      return "materialized_views";
    default:
      return "tables";
  }
}

// The object whose file the object is in: itself, or the relation that it stands on.
ObjectId file_object(const ObjectId& id, const Catalog& catalog) {
  QualifiedName relation{id.schema, id.parent};
  if (id.kind == Kind::Index) relation = catalog.indexes.at(id).table;
  if (id.kind == Kind::Statistics) relation = catalog.statistics.at(id).table;
  if (relation.empty()) return id;
  for (Kind kind : {Kind::Table, Kind::View, Kind::MaterializedView}) {
    const ObjectId owner{kind, relation.schema, {}, relation.name, {}};
    if (catalog.find(owner)) return owner;
  }
  return id;
}

// Letters, digits, '_', '-' and what is beyond ASCII stay; all else becomes '_'.
std::string safe_name(std::string_view name) {
  std::string out;
  for (char c : name) {
    const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || static_cast<unsigned char>(c) >= 0x80;
    out += safe ? c : '_';
  }
  return out;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// Gives each object its path; overloads share one, and paths differ by more than case.
class FilePaths {
 public:
  const std::string& path(const ObjectId& id) {
    const std::string folder = folder_of(id.kind);
    std::string& path = paths_[{folder, {id.schema, id.name}}];
    if (!path.empty()) return path;
    const std::string stem =
        folder + '/' + (id.schema.empty() ? "" : safe_name(id.schema) + '.') + safe_name(id.name);
    std::string unique = stem;
    for (int i = 2; !taken_.insert(lower(unique)).second; ++i)
      unique = stem + '-' + std::to_string(i);
    return path = unique + ".sql";
  }

 private:
  std::map<std::pair<std::string, QualifiedName>, std::string> paths_;
  std::set<std::string> taken_;
};

}  // namespace

std::string dump(const Catalog& catalog) {
  std::string text = "SET check_function_bodies = false;\n" + set_search_path_sql({});
  for (const Unit& unit : dump_units(catalog)) text += '\n' + unit_sql(unit, catalog);
  return text;
}

std::vector<DumpFile> dump_files(const Catalog& catalog) {
  FilePaths paths;
  catalog.for_each([&](const auto& object) { paths.path(file_object(object.id, catalog)); });
  std::map<std::string, std::string> texts;
  for (const Unit& unit : dump_units(catalog)) {
    std::string& text = texts[paths.path(file_object(unit.id, catalog))];
    if (!text.empty()) text += '\n';
    text += unit_sql(unit, catalog);
  }
  std::vector<DumpFile> files;
  for (auto& [path, text] : texts) files.push_back({path, std::move(text)});
  return files;
}

}  // namespace schemadiff::schema
