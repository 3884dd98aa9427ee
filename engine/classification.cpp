#include "engine/classification.h"

#include <fnmatch.h>

#include <algorithm>

namespace schemadiff::engine {
namespace {

using schema::Column;
using schema::Table;

std::string full_name(const Table& table) { return table.id.schema + '.' + table.id.name; }

std::string full_name(const Table& table, const Column& column) {
  return full_name(table) + '.' + column.name;
}

bool matches(const ClassificationEntry& entry, const std::string& name) {
  return fnmatch(entry.pattern.c_str(), name.c_str(), 0) == 0;
}

std::ptrdiff_t literal_characters(const std::string& pattern) {
  return std::count_if(pattern.begin(), pattern.end(), [](char c) { return c != '*' && c != '?'; });
}

std::string best(const std::vector<ClassificationEntry>& entries, const std::string& name) {
  const ClassificationEntry* found = nullptr;
  for (const ClassificationEntry& entry : entries)
    if (matches(entry, name) &&
        (!found || literal_characters(entry.pattern) > literal_characters(found->pattern)))
      found = &entry;
  return found ? found->value : std::string();
}

}  // namespace

std::string class_of(const Classification& classification, const Table& table,
                     const Column& column) {
  return best(classification.columns, full_name(table, column));
}

std::string retention_of(const Classification& classification, const Table& table) {
  return best(classification.retention, full_name(table));
}

std::vector<schema::ObjectId> unclassified(const Classification& classification,
                                           const schema::Catalog& catalog) {
  std::vector<schema::ObjectId> result;
  if (classification.columns.empty()) return result;
  for (const auto& [id, table] : catalog.tables) {
    if (!table.partition_of.empty()) continue;
    for (const Column& column : table.columns)
      if (column.local && class_of(classification, table, column).empty())
        result.push_back({schema::Kind::Column, id.schema, id.name, column.name, {}});
  }
  return result;
}

std::vector<ClassificationEntry> unmatched(const Classification& classification,
                                           const schema::Catalog& catalog) {
  std::vector<std::string> tables, columns;
  for (const auto& [id, table] : catalog.tables) {
    tables.push_back(full_name(table));
    for (const Column& column : table.columns) columns.push_back(full_name(table, column));
  }
  std::vector<ClassificationEntry> result;
  const auto look = [&](const std::vector<ClassificationEntry>& entries,
                        const std::vector<std::string>& names) {
    for (const ClassificationEntry& entry : entries)
      if (std::none_of(names.begin(), names.end(),
                       [&](const std::string& name) { return matches(entry, name); }))
        result.push_back(entry);
  };
  look(classification.columns, columns);
  look(classification.retention, tables);
  return result;
}

}  // namespace schemadiff::engine
