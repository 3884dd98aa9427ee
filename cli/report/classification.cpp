// Which class of data is where, and for how long.
#include <map>

#include "cli/report/dictionary.h"
#include "cli/report/escape.h"
#include "schema/ddl/ddl.h"

namespace schemadiff::cli {
namespace {

constexpr std::string_view kNone = "(none)";  // after all classes

// Columns by class.
std::map<std::string, std::vector<std::string>> columns_by_class(
    const schema::Catalog& catalog, const engine::Classification& classification) {
  std::map<std::string, std::vector<std::string>> result;
  for (const auto& [id, table] : catalog.tables) {
    if (!table.partition_of.empty()) continue;
    for (const schema::Column& column : table.columns)
      if (column.local)
        result[engine::class_of(classification, table, column)].push_back(
            id.schema + '.' + id.name + '.' + column.name);
  }
  return result;
}

std::string part(std::string_view title, const std::vector<std::string>& columns) {
  std::string text = "## " + markdown(title) + "\n\n";
  for (const std::string& column : columns) text += "- " + markdown_code(column) + "\n";
  return text + "\n";
}

}  // namespace

std::string classification_markdown(const schema::Catalog& catalog,
                                    const engine::Classification& classification) {
  std::string text = "# Classification and retention\n\n| table | rows are kept |\n|---|---|\n";
  for (const auto& [id, table] : catalog.tables) {
    if (!table.partition_of.empty()) continue;
    const std::string kept = engine::retention_of(classification, table);
    text += "| " + markdown_code(schema::sql_name(id)) + " | " +
            (kept.empty() ? "not said" : markdown(kept)) + " |\n";
  }
  text += "\n";
  const auto classes = columns_by_class(catalog, classification);
  for (const auto& [name, columns] : classes)
    if (!name.empty()) text += part(name, columns);
  if (const auto none = classes.find(""); none != classes.end()) text += part(kNone, none->second);
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace schemadiff::cli
