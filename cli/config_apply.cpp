#include "cli/config_apply.h"

#include "cli/config_sections.h"

namespace schemadiff::cli {
namespace {

std::vector<std::string> files_at(const TomlFile& file, const toml::table& table, const char* key) {
  const toml::node* list = table.get(key);
  if (!list) return {};
  const std::string name = std::string("apply.") + key;
  if (!list->is_array()) fail(file, list->source(), name + " has to be a list of files of SQL");
  std::vector<std::string> files;
  for (const toml::node& item : *list->as_array())
    files.push_back(string_at(file, item, "a file of " + name));
  return files;
}

}  // namespace

void read_apply(const TomlFile& file, const toml::table& table, ApplyConfig& apply) {
  refuse_unknown_keys(
      file, table, "apply",
      {"lock_timeout", "statement_timeout", "retries", "pause", "max_lag", "max_lag_bytes",
       "free_disk", "window", "rollback_window", "before", "after"});
  engine::ExecuteSettings& e = apply.execution;
  for (const auto& [key, value] : {std::pair{"lock_timeout", &e.lock_timeout},
                                   {"statement_timeout", &e.statement_timeout},
                                   {"pause", &e.pause},
                                   {"max_lag", &e.lag.seconds},
                                   {"window", &apply.window},
                                   {"rollback_window", &apply.rollback_window}})
    if (const toml::node* node = table.get(key))
      *value = number_at(file, *node, std::string("apply.") + key);
  if (const toml::node* node = table.get("retries"))
    e.retries = static_cast<int>(number_at(file, *node, "apply.retries"));
  if (const toml::node* node = table.get("max_lag_bytes"))
    e.lag.bytes = bytes_at(file, *node, "apply.max_lag_bytes");
  apply.before = files_at(file, table, "before");
  apply.after = files_at(file, table, "after");
  if (const toml::node* node = table.get("free_disk"))
    apply.free_disk = bytes_at(file, *node, "apply.free_disk");
}

void read_log(const TomlFile& file, const toml::table& table, ApplyConfig& apply) {
  refuse_unknown_keys(file, table, "log", {"file", "otlp_file"});
  if (const toml::node* node = table.get("file")) apply.log = string_at(file, *node, "log.file");
  if (const toml::node* node = table.get("otlp_file"))
    apply.otlp_file = string_at(file, *node, "log.otlp_file");
}

}  // namespace schemadiff::cli
