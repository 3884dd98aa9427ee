// schemadiff.toml → Config: which keys exist and what they may hold.
#include "cli/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/config_classification.h"
#include "cli/config_policy.h"
#include "cli/config_sections.h"
#include "cli/conninfo.h"
#include "cli/files.h"
#include "cli/toml.h"
#include "parser/hints.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

// Paths in the file are relative to the file.
std::string beside(const std::string& file, const std::string& src) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(file).parent_path();
  const bool is_path = src != "-" && src.rfind("env:", 0) && src.rfind("git:", 0) &&
                       src.find("://") == std::string::npos && src.find('=') == std::string::npos;
  return is_path && !folder.empty() && fs::path(src).is_relative() ? (folder / src).string() : src;
}

std::vector<std::string> patterns(const TomlFile& config_file, const toml::table& ignore,
                                  const std::string& key, bool qualified) {
  std::vector<std::string> result;
  const toml::node* node = ignore.get(key);
  if (!node) return result;
  if (!node->is_array())
    fail(config_file, node->source(), "ignore." + key + " has to be a list of patterns");
  for (const toml::node& item : *node->as_array()) {
    std::string pattern = string_at(config_file, item, "a pattern of ignore." + key);
    if (qualified != (pattern.find('.') != std::string::npos))
      fail(config_file, item.source(),
           qualified ? "a pattern of ignore.objects is schema.name"
                     : "a pattern of ignore.schemas is the name of a schema",
           qualified ? "write \"*." + pattern + "\" for any schema"
                     : "schema.name patterns belong in ignore.objects");
    result.push_back(std::move(pattern));
  }
  return result;
}

void read_thresholds(const TomlFile& config_file, const toml::table& table,
                     engine::Thresholds& thresholds) {
  refuse_unknown_keys(config_file, table, "thresholds",
                      {"small_rows", "small_bytes", "hot_writes_per_second"});
  if (const toml::node* node = table.get("small_rows"))
    thresholds.small_rows = number_at(config_file, *node, "small_rows");
  if (const toml::node* node = table.get("small_bytes"))
    thresholds.small_bytes = bytes_at(config_file, *node, "small_bytes");
  if (const toml::node* node = table.get("hot_writes_per_second"))
    thresholds.hot_writes_per_second = number_at(config_file, *node, "hot_writes_per_second");
}

engine::Throughput throughput_at(const TomlFile& config_file, const toml::table& table) {
  engine::Throughput speed;
  refuse_unknown_keys(config_file, table, "throughput",
                      {"scan_bytes", "rewrite_bytes", "index_bytes", "backfill_rows"});
  const auto read = [&](const char* key, double& value, bool bytes) {
    const toml::node* node = table.get(key);
    if (!node) return;
    value = bytes ? static_cast<double>(bytes_at(config_file, *node, key))
                  : number_at(config_file, *node, key);
    if (value <= 0)
      fail(config_file, node->source(), std::string("throughput.") + key + " has to be above 0",
           "it is what the machine does in a second");
    speed.configured.insert(key);
  };
  read("scan_bytes", speed.scan_bytes, true);
  read("rewrite_bytes", speed.rewrite_bytes, true);
  read("index_bytes", speed.index_bytes, true);
  read("backfill_rows", speed.backfill_rows, false);
  return speed;
}

Silence silence_at(const TomlFile& config_file, const toml::table& table) {
  refuse_unknown_keys(config_file, table, "silence", {"rule", "objects", "reason", "until"});
  const auto text = [&](const char* key, const char* otherwise) -> std::string {
    const toml::node* node = table.get(key);
    if (node) return string_at(config_file, *node, std::string("silence.") + key);
    if (otherwise) return otherwise;
    fail(config_file, table.source(), std::string("a [[silence]] needs its ") + key);
  };
  Silence silence{{text("rule", nullptr), text("objects", "*"), text("reason", nullptr)}, {}};
  check_rule(config_file, table.get("rule")->source(), silence.rule, RuleNames::OfRiskAndLint);
  if (silence.reason.empty())
    fail(config_file, table.get("reason")->source(), "the reason of a [[silence]] is empty");
  if (const toml::node* until = table.get("until"))
    silence.until = date_at(config_file, *until, "silence.until");
  return silence;
}

bool flag_at(const TomlFile& config_file, const toml::table& table, const char* key,
             bool otherwise) {
  const toml::node* node = table.get(key);
  if (!node) return otherwise;
  if (!node->is_boolean())
    fail(config_file, node->source(), std::string("production.") + key + " is true or false");
  return node->value<bool>().value();
}

Production production_at(const TomlFile& config_file, const toml::table& table,
                         const std::map<std::string, std::string>& targets) {
  refuse_unknown_keys(config_file, table, "production",
                      {"targets", "approvals", "tls", "superuser", "localhost"});
  Production production;
  const toml::node* names = table.get("targets");
  if (!names || !names->is_array())
    fail(config_file, names ? names->source() : table.source(),
         "production.targets has to be a list of names of [targets]");
  for (const toml::node& item : *names->as_array()) {
    production.targets.push_back(string_at(config_file, item, "a name of production.targets"));
    if (!targets.contains(production.targets.back()))
      fail(config_file, item.source(),
           "there is no target \"" + production.targets.back() + "\" in [targets]");
  }
  if (const toml::node* node = table.get("approvals"))
    production.approvals = static_cast<int>(number_at(config_file, *node, "production.approvals"));
  production.tls = flag_at(config_file, table, "tls", production.tls);
  production.superuser = flag_at(config_file, table, "superuser", production.superuser);
  production.localhost = flag_at(config_file, table, "localhost", production.localhost);
  return production;
}

engine::LintLevel level_at(const TomlFile& config_file, const toml::node& node) {
  using Level = engine::LintLevel;
  const std::string word = string_at(config_file, node, "the level of a rule");
  for (const Level level : {Level::Off, Level::Note, Level::Warning, Level::Error})
    if (to_string(level) == word) return level;
  fail(config_file, node.source(), "a level is \"off\", \"note\", \"warning\" or \"error\"");
}

// "public.posts" = ["processed_at", "platform, detected_at"]
void read_required_indexes(const TomlFile& config_file, const toml::table& table,
                           engine::LintOptions& lint) {
  for (const auto& [key, value] : table) {
    if (!value.is_array())
      fail(config_file, value.source(),
           "lint.required_indexes has a list of indexes for each schema.table",
           "for example \"public.posts\" = [\"platform, detected_at\"]");
    for (const toml::node& item : *value.as_array()) {
      std::vector<std::string> columns{""};
      for (const char c : string_at(config_file, item, "the columns of an index"))
        if (c == ',')
          columns.emplace_back();
        else if (c != ' ')
          columns.back() += c;
      lint.required_indexes[std::string(key.str())].push_back(std::move(columns));
    }
  }
}

void read_lint(const TomlFile& config_file, const toml::table& table, engine::LintOptions& lint) {
  std::vector<std::string> known{"naming", "required_indexes"};
  for (const engine::LintRuleInfo& info : engine::all_lint_rules()) known.emplace_back(info.id);
  refuse_unknown_keys(config_file, table, "lint", known);
  for (const auto& [key, value] : table) {
    if (!value.is_table()) {
      lint.levels[std::string(key.str())] = level_at(config_file, value);
      continue;
    }
    if (key.str() == "required_indexes") {
      read_required_indexes(config_file, *value.as_table(), lint);
      continue;
    }
    if (key.str() != "naming")
      fail(config_file, key.source(), "lint." + std::string(key.str()) + " has to be a level");
    const toml::table& naming = *value.as_table();
    refuse_unknown_keys(config_file, naming, "lint.naming",
                        {"default", "schema", "table", "column", "index", "constraint", "view",
                         "type", "function"});
    for (const auto& [kind, style] : naming)
      lint.naming[kind.str() == "default" ? "" : std::string(kind.str())] =
          string_at(config_file, style, "lint.naming." + std::string(kind.str()));
  }
}

// [[name]], in order.
std::vector<const toml::table*> sections(const TomlFile& config_file, const toml::table& root,
                                         const std::string& name) {
  std::vector<const toml::table*> result;
  const toml::node* node = root.get(name);
  if (!node) return result;
  if (!node->is_array_of_tables())
    fail(config_file, node->source(), name + " has to be a list of sections: [[" + name + "]]");
  for (const toml::node& item : *node->as_array()) result.push_back(item.as_table());
  return result;
}

void read_hint(const TomlFile& config_file, const toml::table& table,
               std::vector<ConfigHint>& hints) {
  const std::vector<std::string> keys = parser::hint_keys();
  std::vector<std::string> known = keys;
  known.push_back("object");
  refuse_unknown_keys(config_file, table, "hint", known);
  const toml::node* object = table.get("object");
  if (!object) fail(config_file, table.source(), "a [[hint]] needs its object");
  const std::string name = string_at(config_file, *object, "hint.object");
  const std::size_t before = hints.size();
  for (const std::string& key : keys) {
    const toml::node* node = table.get(key);
    if (!node) continue;
    const std::string value = string_at(config_file, *node, "hint." + key);
    if (const std::string wrong = parser::wrong_hint(key, value); !wrong.empty())
      fail(config_file, node->source(), wrong,
           "for example " + key + " = \"" + parser::hint_example(key) + "\"");
    hints.push_back({name, key, value, object->source().begin.line, object->source().begin.column});
  }
  if (hints.size() == before)
    fail(config_file, table.source(),
         fmt::format("a [[hint]] needs one of {}", fmt::join(keys, ", ")));
}

Probes probes_at(const TomlFile& config_file, const toml::node& node) {
  Probes probes;
  if (const std::optional<bool> enabled = node.value_exact<bool>()) {
    probes.enabled = *enabled;
    return probes;
  }
  if (!node.is_table())
    fail(config_file, node.source(), "probes has to be true, false or a section: [probes]");
  const toml::table& table = *node.as_table();
  refuse_unknown_keys(config_file, table, "probes", {"seconds", "max_bytes"});
  if (const toml::node* seconds = table.get("seconds"))
    probes.seconds = number_at(config_file, *seconds, "seconds");
  if (const toml::node* bytes = table.get("max_bytes"))
    probes.max_bytes = bytes_at(config_file, *bytes, "max_bytes");
  return probes;
}

}  // namespace

Config read_config(const std::string& path) {
  Config config;
  const std::string file = path.empty() ? "schemadiff.toml" : path;
  if (path.empty() && !std::filesystem::exists(file)) return config;
  config.file = file;
  const TomlFile config_file = read_toml(file);
  const toml::table& root = config_file.root;
  refuse_unknown_keys(
      config_file, root, "",
      {"schema", "targets", "ignore", "thresholds", "throughput", "rules", "silence", "policy",
       "lint", "production", "hint", "probes", "classification", "retention", "apply", "log"});

  if (const toml::node* node = root.get("schema"))
    config.schema = beside(file, string_at(config_file, *node, "schema"));
  if (const toml::table* targets = section(config_file, root, "targets"))
    for (const auto& [key, value] : *targets) {
      const std::string name(key.str());
      const std::string src = string_at(config_file, value, "targets." + name);
      if (holds_password(src))
        fail(config_file, key.source(), "target \"" + name + "\" holds a password",
             "put the connection string into an environment variable and write env:NAME here");
      config.targets[name] = beside(file, src);
    }
  if (const toml::table* ignore = section(config_file, root, "ignore")) {
    refuse_unknown_keys(config_file, *ignore, "ignore", {"schemas", "objects"});
    config.ignore = patterns(config_file, *ignore, "schemas", false);
    for (std::string& p : patterns(config_file, *ignore, "objects", true))
      config.ignore.push_back(std::move(p));
  }
  if (const toml::table* thresholds = section(config_file, root, "thresholds"))
    read_thresholds(config_file, *thresholds, config.thresholds);
  if (const toml::table* throughput = section(config_file, root, "throughput"))
    config.throughput = throughput_at(config_file, *throughput);
  if (const toml::table* rules = section(config_file, root, "rules"))
    for (const auto& [key, value] : *rules) {
      check_rule(config_file, key.source(), std::string(key.str()), RuleNames::OfRisk);
      config.risks[std::string(key.str())] = risk_at(config_file, value);
    }
  if (const toml::table* production = section(config_file, root, "production"))
    config.production = production_at(config_file, *production, config.targets);
  if (const toml::table* apply = section(config_file, root, "apply")) {
    read_apply(config_file, *apply, config.apply);
    for (std::vector<std::string>* hooks : {&config.apply.before, &config.apply.after})
      for (std::string& hook : *hooks) hook = beside(file, hook);
  }
  if (const toml::table* log = section(config_file, root, "log"))
    read_log(config_file, *log, config.apply);
  if (const toml::table* lint = section(config_file, root, "lint"))
    read_lint(config_file, *lint, config.lint);
  config.lint.classification = classification_at(config_file, root);
  if (const toml::table* policy = section(config_file, root, "policy"))
    config.policies = policies_at(config_file, *policy, config.targets);
  for (const toml::table* silence : sections(config_file, root, "silence"))
    config.silences.push_back(silence_at(config_file, *silence));
  for (const toml::table* hint : sections(config_file, root, "hint"))
    read_hint(config_file, *hint, config.hints);
  if (const toml::node* probes = root.get("probes"))
    config.probes = probes_at(config_file, *probes);
  return config;
}

}  // namespace schemadiff::cli
