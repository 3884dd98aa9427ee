// TOML files with errors that point at their place. The only users of toml++ include this file.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <vector>

namespace schemadiff::cli {

struct TomlFile {
  std::string path;
  std::string text;
  toml::table root;
};

// Throws Error for a file that cannot be read and for bad TOML.
TomlFile read_toml(const std::string& path);

// Throws Error that shows the line.
[[noreturn]] void fail(const TomlFile& file, const toml::source_region& source, std::string message,
                       std::string hint = {});

// Throws Error for a key that is none of `known`, with the nearest one. `section` is empty for the
// top of the file.
void refuse_unknown_keys(const TomlFile& file, const toml::table& table, const std::string& section,
                         const std::vector<std::string>& known);

// The value of the node; Error when it is of another type. `key` is its name for the message.
std::string string_at(const TomlFile& file, const toml::node& node, const std::string& key);
double number_at(const TomlFile& file, const toml::node& node, const std::string& key);
// An integer, or text like "16 MiB".
std::int64_t bytes_at(const TomlFile& file, const toml::node& node, const std::string& key);
// "2027-01-31", a date of TOML or text.
std::string date_at(const TomlFile& file, const toml::node& node, const std::string& key);

// The section of that name; null where it is not there.
const toml::table* section(const TomlFile& file, const toml::table& table, const std::string& name);

}  // namespace schemadiff::cli
