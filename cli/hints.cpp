#include "cli/hints.h"

#include "cli/nearest.h"
#include "schema/error.h"

namespace schemadiff::cli {

using schema::Kind;
using schema::ObjectId;

void add_hints(const Config& config, schema::Catalog& catalog) {
  if (config.hints.empty()) return;
  std::map<std::string, ObjectId> objects;
  for (const auto& [id, table] : catalog.tables) {
    objects.emplace(id.schema + '.' + id.name, id);
    for (const schema::Column& column : table.columns)
      objects.emplace(id.schema + '.' + id.name + '.' + column.name,
                      ObjectId{Kind::Column, id.schema, id.name, column.name, {}});
  }
  for (const auto& [id, type] : catalog.enums) objects.emplace(id.schema + '.' + id.name, id);
  const auto file = static_cast<std::uint32_t>(catalog.files.size());
  catalog.files.push_back(config.file);
  for (const ConfigHint& hint : config.hints) {
    const auto found = objects.find(hint.object);
    if (found == objects.end()) {
      std::vector<std::string> names;
      for (const auto& [name, id] : objects) names.push_back(name);
      Error error("the desired schema has no table, column or enum \"" + hint.object + "\"",
                  did_you_mean(hint.object, names,
                               "write schema.table, schema.table.column or schema.type"));
      error.file = config.file;
      error.line = hint.line;
      error.column = hint.column;
      throw error;
    }
    catalog.hints[found->second].push_back({hint.key, hint.value, {file, hint.line, hint.column}});
  }
}

}  // namespace schemadiff::cli
