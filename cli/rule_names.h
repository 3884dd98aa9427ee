// Names of rules that somebody has written.
#pragma once

#include <optional>
#include <string>

#include "schema/error.h"

namespace schemadiff::cli {

enum class RuleNames : unsigned char { OfRisk, OfRiskAndLint };

// What to say of a name that no rule has, with the nearest one; none: there is such a rule.
std::optional<Error> unknown_rule(const std::string& name, RuleNames known);

}  // namespace schemadiff::cli
