// Names in another style than the schema's.
#include <fnmatch.h>

#include <algorithm>
#include <cctype>

#include "engine/lint/lint.h"

namespace schemadiff::engine::lint_rules {

using namespace schema;

namespace {

bool has_upper(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](unsigned char c) { return std::isupper(c); });
}

bool is_word(std::string_view name) {
  return std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return std::isalnum(c) || c == '_' || c >= 0x80; });
}

bool follows(const std::string& name, const std::string& style) {
  const auto first = static_cast<unsigned char>(name.front());
  const bool has_bar = name.find('_') != std::string::npos;
  if (style == "snake_case") return is_word(name) && !has_upper(name) && !std::isdigit(first);
  if (style == "camelCase") return is_word(name) && !has_bar && !std::isupper(first);
  if (style == "PascalCase") return is_word(name) && !has_bar && std::isupper(first);
  return fnmatch(style.c_str(), name.c_str(), 0) == 0;
}

}  // namespace

void naming(Subject& s) {
  const auto check = [&](const ObjectId& id, const char* kind) {
    auto style = s.options.naming.find(kind);
    if (style == s.options.naming.end()) style = s.options.naming.find("");
    if (style != s.options.naming.end() && !follows(id.name, style->second))
      s.add(id, "The name is not " + style->second + ".");
  };
  for (const auto& [id, schema] : s.catalog.schemas) check(id, "schema");
  for (const auto& [id, table] : s.catalog.tables) check(id, "table");
  s.for_each_column(
      [&](const Table& table, const Column& column) { check(id_of(table, column), "column"); });
  for (const auto& [id, view] : s.catalog.views) check(id, "view");
  for (const auto& [id, view] : s.catalog.materialized_views) check(id, "view");
  for (const auto& [id, index] : s.catalog.indexes) check(id, "index");
  for (const auto& [id, constraint] : s.catalog.constraints) check(id, "constraint");
  for (const auto& [id, type] : s.catalog.enums) check(id, "type");
  for (const auto& [id, type] : s.catalog.domains) check(id, "type");
  for (const auto& [id, type] : s.catalog.composites) check(id, "type");
  for (const auto& [id, routine] : s.catalog.routines) check(id, "function");
}

}  // namespace schemadiff::engine::lint_rules
