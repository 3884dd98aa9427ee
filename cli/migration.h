// What the effect of a hand-written migration does not tell: how it makes its changes, and which of
// its statements nobody can judge.
#pragma once

#include <vector>

#include "cli/report/findings.h"
#include "engine/lint/lint.h"

namespace schemadiff::cli {

// `sides` as load_migration has them; reads the migration's files again. What they find belongs to
// rules of risk, of lint (LintRuleInfo::of_statements), or to none ("not-judged"). Throws Error as
// plan_of does.
std::vector<Finding> findings_of_statements(const Comparison& sides,
                                            const engine::LintOptions& lint);

// Whether the risk rule is about the way in which a plan makes its changes, which a migration that
// somebody wrote does not go.
bool is_of_plans(const std::string& rule);

}  // namespace schemadiff::cli
