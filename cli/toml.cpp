#include "cli/toml.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "cli/files.h"
#include "cli/nearest.h"
#include "cli/size_text.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

std::string line_of(const std::string& text, unsigned line) {
  std::size_t begin = 0;
  for (unsigned i = 1; i < line; ++i) {
    begin = text.find('\n', begin);
    if (begin == std::string::npos) return {};
    ++begin;
  }
  return text.substr(begin, text.find('\n', begin) - begin);
}

}  // namespace

void fail(const TomlFile& file, const toml::source_region& source, std::string message,
          std::string hint) {
  Error error(std::move(message), std::move(hint));
  error.file = file.path;
  error.line = source.begin.line;
  error.column = source.begin.column;
  error.source_line = line_of(file.text, error.line);
  throw error;
}

TomlFile read_toml(const std::string& path) {
  TomlFile file{path, read_file(path), {}};
  try {
    file.root = toml::parse(file.text, path);
  } catch (const toml::parse_error& e) {
    fail(file, e.source(), std::string(e.description()));
  }
  return file;
}

void refuse_unknown_keys(const TomlFile& file, const toml::table& table, const std::string& section,
                         const std::vector<std::string>& known) {
  for (const auto& [key, value] : table) {
    const std::string name(key.str());
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string list;
    for (const std::string& k : known) list += (list.empty() ? "" : ", ") + k;
    fail(file, key.source(),
         section.empty() ? "unknown key \"" + name + "\""
                         : "unknown key \"" + name + "\" in [" + section + "]",
         did_you_mean(name, known, "the keys here are: " + list));
  }
}

std::string string_at(const TomlFile& file, const toml::node& node, const std::string& key) {
  const auto* value = node.as_string();
  if (!value) fail(file, node.source(), key + " has to be a string");
  return value->get();
}

double number_at(const TomlFile& file, const toml::node& node, const std::string& key) {
  const std::optional<double> value = node.value<double>();
  if (!value || !node.is_number() || *value < 0)
    fail(file, node.source(), key + " has to be a number that is not negative");
  return *value;
}

std::int64_t bytes_at(const TomlFile& file, const toml::node& node, const std::string& key) {
  if (node.is_number()) return static_cast<std::int64_t>(number_at(file, node, key));
  const std::string text = node.is_string() ? node.as_string()->get() : std::string();
  if (const std::optional<std::int64_t> bytes = bytes_of(text)) return *bytes;
  fail(file, node.source(), key + " has to be a size",
       "write a number of bytes, or a text like \"16 MiB\"");
}

std::string date_at(const TomlFile& file, const toml::node& node, const std::string& key) {
  if (const auto* date = node.as_date()) {
    const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(date->get().year) + '-' + two(date->get().month) + '-' +
           two(date->get().day);
  }
  fail(file, node.source(), key + " has to be a date", "write it without quotes, like 2027-01-31");
}

const toml::table* section(const TomlFile& file, const toml::table& table,
                           const std::string& name) {
  const toml::node* node = table.get(name);
  if (!node) return nullptr;
  if (!node->is_table()) fail(file, node->source(), name + " has to be a section: [" + name + "]");
  return node->as_table();
}

}  // namespace schemadiff::cli
