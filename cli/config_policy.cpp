#include "cli/config_policy.h"

#include "cli/nearest.h"

namespace schemadiff::cli {
namespace {

constexpr engine::Risk kRisks[] = {engine::Risk::Low, engine::Risk::Medium, engine::Risk::High};

AllowedDrift allowed_drift_at(const TomlFile& config_file, const toml::table& table,
                              const std::string& name) {
  refuse_unknown_keys(config_file, table, name, {"objects", "attribute", "reason", "until"});
  const auto text = [&](const std::string& key) {
    const toml::node* node = table.get(key);
    return node ? string_at(config_file, *node, name + "." + key) : std::string();
  };
  AllowedDrift drift{text("objects"), text("attribute"), text("reason"), {}};
  if (drift.objects.empty() || drift.reason.empty())
    fail(config_file, table.source(), "a [[" + name + "]] needs its objects and its reason");
  if (const toml::node* until = table.get("until"))
    drift.until = date_at(config_file, *until, name + ".until");
  return drift;
}

std::map<engine::Risk, int> approvals_at(const TomlFile& config_file, const toml::node& node,
                                         const std::string& name) {
  const toml::table* table = node.as_table();
  if (!table)
    fail(config_file, node.source(), name + " says how many people for which risk",
         "for example approvals = { medium = 1, high = 2 }");
  refuse_unknown_keys(config_file, *table, name, {"low", "medium", "high"});
  std::map<engine::Risk, int> approvals;
  for (const engine::Risk risk : kRisks)
    if (const toml::node* people = table->get(to_string(risk)))
      approvals[risk] = static_cast<int>(
          number_at(config_file, *people, name + "." + std::string(to_string(risk))));
  return approvals;
}

// What a policy says in `table`, the section `name`.
Policy policy_at(const TomlFile& config_file, const toml::table& table, const std::string& name) {
  Policy policy;
  if (const toml::node* risk = table.get("highest_risk"))
    policy.highest_risk = risk_at(config_file, *risk);
  if (const toml::node* approvals = table.get("approvals"))
    policy.approvals = approvals_at(config_file, *approvals, name + ".approvals");
  if (const toml::node* rules = table.get("forbid")) {
    if (!rules->is_array())
      fail(config_file, rules->source(), name + ".forbid has to be a list of rules");
    for (const toml::node& item : *rules->as_array()) {
      policy.forbidden.push_back(string_at(config_file, item, "a rule of " + name + ".forbid"));
      check_rule(config_file, item.source(), policy.forbidden.back(), RuleNames::OfRisk);
    }
  }
  if (const toml::node* drifts = table.get("allow_drift")) {
    const std::string list = name + ".allow_drift";
    if (!drifts->is_array_of_tables())
      fail(config_file, drifts->source(), list + " has to be a list of sections: [[" + list + "]]");
    for (const toml::node& item : *drifts->as_array())
      policy.allowed_drift.push_back(allowed_drift_at(config_file, *item.as_table(), list));
  }
  return policy;
}

const std::vector<std::string> kKeys{"highest_risk", "forbid", "approvals", "allow_drift"};

}  // namespace

void check_rule(const TomlFile& config_file, const toml::source_region& source,
                const std::string& rule, RuleNames known) {
  if (const std::optional<Error> unknown = unknown_rule(rule, known))
    fail(config_file, source, unknown->message, unknown->hint);
}

engine::Risk risk_at(const TomlFile& config_file, const toml::node& node) {
  const std::string word = string_at(config_file, node, "a risk");
  for (const engine::Risk risk : kRisks)
    if (to_string(risk) == word) return risk;
  fail(config_file, node.source(), "a risk is \"low\", \"medium\" or \"high\"",
       "to leave a rule out, write a [[silence]] with its reason");
}

Policies policies_at(const TomlFile& config_file, const toml::table& table,
                     const std::map<std::string, std::string>& targets) {
  std::vector<std::string> keys = kKeys;
  keys.emplace_back("targets");
  refuse_unknown_keys(config_file, table, "policy", keys);
  Policies policies{policy_at(config_file, table, "policy"), {}};
  const toml::table* own = section(config_file, table, "targets");
  if (!own) return policies;
  std::vector<std::string> names;
  for (const auto& [name, src] : targets) names.push_back(name);
  for (const auto& [key, value] : *own) {
    const std::string target(key.str()), name = "policy.targets." + target;
    if (!targets.contains(target))
      fail(config_file, key.source(), "there is no target \"" + target + "\" in [targets]",
           did_you_mean(target, names));
    if (!value.is_table())
      fail(config_file, value.source(), name + " has to be a section: [" + name + "]");
    refuse_unknown_keys(config_file, *value.as_table(), name, kKeys);
    policies.of_targets[target] = policy_at(config_file, *value.as_table(), name);
  }
  return policies;
}

}  // namespace schemadiff::cli
