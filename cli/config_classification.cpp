#include "cli/config_classification.h"

#include <algorithm>
#include <charconv>

#include "cli/nearest.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

const std::vector<std::string> kUsualClasses{"public", "internal", "confidential", "personal",
                                             "secret"};

std::vector<std::string> classes_at(const TomlFile& config_file, const toml::table& table) {
  const toml::node* node = table.get("classes");
  if (!node) return kUsualClasses;
  if (!node->is_array() || node->as_array()->empty())
    fail(config_file, node->source(), "classification.classes has to be a list of words");
  std::vector<std::string> classes;
  for (const toml::node& item : *node->as_array())
    classes.push_back(string_at(config_file, item, "a class"));
  return classes;
}

// "90 days", "3 years", "for ever"
bool is_period(const std::string& text) {
  if (text == "for ever") return true;
  unsigned count = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, count);
  if (error != std::errc{} || count == 0) return false;
  std::string unit(at, end);
  if (unit.ends_with('s')) unit.pop_back();
  static const std::vector<std::string> kUnits{" hour", " day", " week", " month", " year"};
  return std::find(kUnits.begin(), kUnits.end(), unit) != kUnits.end();
}

engine::ClassificationEntry entry_at(const TomlFile& config_file, const toml::key& key,
                                     const toml::node& value, const std::string& name) {
  const toml::source_position& place = key.source().begin;
  return {std::string(key.str()), string_at(config_file, value, name), place.line, place.column};
}

void refuse_dots(const TomlFile& config_file, const toml::key& key, std::ptrdiff_t dots,
                 const char* form) {
  const std::string_view pattern = key.str();
  const bool is_form = std::count(pattern.begin(), pattern.end(), '.') == dots ||
                       pattern.find('*') != std::string_view::npos;
  if (!is_form) fail(config_file, key.source(), "\"" + std::string(pattern) + "\" is not " + form);
}

}  // namespace

engine::Classification classification_at(const TomlFile& config_file, const toml::table& root) {
  engine::Classification result;
  if (const toml::table* table = section(config_file, root, "classification")) {
    refuse_unknown_keys(config_file, *table, "classification", {"classes", "columns"});
    const std::vector<std::string> classes = classes_at(config_file, *table);
    if (const toml::table* columns = section(config_file, *table, "columns"))
      for (const auto& [key, value] : *columns) {
        refuse_dots(config_file, key, 2, "schema.table.column");
        result.columns.push_back(entry_at(config_file, key, value, "the class of a column"));
        const std::string& word = result.columns.back().value;
        std::string list;
        for (const std::string& known : classes) list += (list.empty() ? "" : ", ") + known;
        if (std::find(classes.begin(), classes.end(), word) == classes.end())
          fail(config_file, value.source(), "there is no class \"" + word + "\"",
               did_you_mean(word, classes, "the classes are: " + list));
      }
  }
  if (const toml::table* retention = section(config_file, root, "retention"))
    for (const auto& [key, value] : *retention) {
      refuse_dots(config_file, key, 1, "schema.table");
      result.retention.push_back(entry_at(config_file, key, value, "how long rows are kept"));
      if (!is_period(result.retention.back().value))
        fail(config_file, value.source(),
             "how long rows are kept is a number of hours, days, "
             "weeks, months or years, or \"for ever\"",
             "for example \"90 days\"");
    }
  return result;
}

void refuse_unmatched(const std::string& config_file, const engine::Classification& classification,
                      const schema::Catalog& catalog) {
  const auto entries = engine::unmatched(classification, catalog);
  if (entries.empty()) return;
  std::vector<std::string> names;
  for (const auto& [id, table] : catalog.tables) {
    names.push_back(id.schema + '.' + id.name);
    for (const schema::Column& column : table.columns)
      names.push_back(names.back().substr(0, id.schema.size() + 1 + id.name.size()) + '.' +
                      column.name);
  }
  const engine::ClassificationEntry& entry = entries.front();
  Error error(
      "\"" + entry.pattern + "\" matches nothing of the schema",
      did_you_mean(entry.pattern, names, "was it renamed or dropped? then take the line out"));
  error.file = config_file;
  error.line = entry.line;
  error.column = entry.column;
  throw error;
}

}  // namespace schemadiff::cli
