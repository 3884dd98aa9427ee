// schemadiff.toml → Config: which keys exist and what they may hold.
#include "cli/config.h"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>

#include "cli/conninfo.h"
#include "cli/files.h"
#include "cli/nearest.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

struct Place {
  const std::string& file;
  const std::string& text;
};

std::string line_of(const std::string& text, unsigned line) {
  std::size_t begin = 0;
  for (unsigned i = 1; i < line; ++i) {
    begin = text.find('\n', begin);
    if (begin == std::string::npos) return {};
    ++begin;
  }
  return text.substr(begin, text.find('\n', begin) - begin);
}

[[noreturn]] void fail(const Place& place, const toml::source_region& source, std::string message,
                       std::string hint = {}) {
  Error error(std::move(message), std::move(hint));
  error.file = place.file;
  error.line = source.begin.line;
  error.column = source.begin.column;
  error.source_line = line_of(place.text, error.line);
  throw error;
}

void refuse_unknown_keys(const Place& place, const toml::table& table, const std::string& section,
                         const std::vector<std::string>& known) {
  for (const auto& [key, value] : table) {
    const std::string name(key.str());
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string list;
    for (const std::string& k : known) list += (list.empty() ? "" : ", ") + k;
    fail(place, key.source(),
         section.empty() ? "unknown key \"" + name + "\""
                         : "unknown key \"" + name + "\" in [" + section + "]",
         did_you_mean(name, known, "the keys here are: " + list));
  }
}

std::string string_at(const Place& place, const toml::node& node, const std::string& key) {
  const auto* value = node.as_string();
  if (!value) fail(place, node.source(), key + " has to be a string");
  return value->get();
}

const toml::table* section(const Place& place, const toml::table& root, const std::string& name) {
  const toml::node* node = root.get(name);
  if (!node) return nullptr;
  if (!node->is_table()) fail(place, node->source(), name + " has to be a section: [" + name + "]");
  return node->as_table();
}

// Paths in the file are relative to the file.
std::string beside(const std::string& file, const std::string& src) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(file).parent_path();
  const bool is_path = src != "-" && src.rfind("env:", 0) && src.rfind("git:", 0) &&
                       src.find("://") == std::string::npos && src.find('=') == std::string::npos;
  return is_path && !folder.empty() && fs::path(src).is_relative() ? (folder / src).string() : src;
}

std::vector<std::string> patterns(const Place& place, const toml::table& ignore,
                                  const std::string& key, bool qualified) {
  std::vector<std::string> result;
  const toml::node* node = ignore.get(key);
  if (!node) return result;
  if (!node->is_array())
    fail(place, node->source(), "ignore." + key + " has to be a list of patterns");
  for (const toml::node& item : *node->as_array()) {
    std::string pattern = string_at(place, item, "a pattern of ignore." + key);
    if (qualified != (pattern.find('.') != std::string::npos))
      fail(place, item.source(),
           qualified ? "a pattern of ignore.objects is schema.name"
                     : "a pattern of ignore.schemas is the name of a schema",
           qualified ? "write \"*." + pattern + "\" for any schema"
                     : "schema.name patterns belong in ignore.objects");
    result.push_back(std::move(pattern));
  }
  return result;
}

}  // namespace

Config read_config(const std::string& path) {
  Config config;
  const std::string file = path.empty() ? "schemadiff.toml" : path;
  if (path.empty() && !std::filesystem::exists(file)) return config;
  config.file = file;
  const std::string text = read_file(file);
  const Place place{file, text};

  toml::table root;
  try {
    root = toml::parse(text, file);
  } catch (const toml::parse_error& e) {
    fail(place, e.source(), std::string(e.description()));
  }
  refuse_unknown_keys(place, root, "", {"schema", "targets", "ignore"});

  if (const toml::node* node = root.get("schema"))
    config.schema = beside(file, string_at(place, *node, "schema"));
  if (const toml::table* targets = section(place, root, "targets"))
    for (const auto& [key, value] : *targets) {
      const std::string name(key.str());
      const std::string src = string_at(place, value, "targets." + name);
      if (holds_password(src))
        fail(place, key.source(), "target \"" + name + "\" holds a password",
             "put the connection string into an environment variable and write env:NAME here");
      config.targets[name] = beside(file, src);
    }
  if (const toml::table* ignore = section(place, root, "ignore")) {
    refuse_unknown_keys(place, *ignore, "ignore", {"schemas", "objects"});
    config.ignore = patterns(place, *ignore, "schemas", false);
    for (std::string& p : patterns(place, *ignore, "objects", true))
      config.ignore.push_back(std::move(p));
  }
  return config;
}

}  // namespace schemadiff::cli
