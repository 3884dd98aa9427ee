// [policy] of schemadiff.toml → Policy, and what other sections say of risks and rules.
#pragma once

#include <map>
#include <string>

#include "cli/policy.h"
#include "cli/rule_names.h"
#include "cli/toml.h"

namespace schemadiff::cli {

// Throw Error at the place.
void check_rule(const TomlFile& config_file, const toml::source_region& source,
                const std::string& rule, RuleNames known);
engine::Risk risk_at(const TomlFile& config_file, const toml::node& node);

// [policy] and the sections [policy.targets.NAME], whose names are of `targets`.
Policies policies_at(const TomlFile& config_file, const toml::table& table,
                     const std::map<std::string, std::string>& targets);

}  // namespace schemadiff::cli
