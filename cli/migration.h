// What the effect of a hand-written migration does not tell: how it makes its changes, and which of
// its statements nobody can judge.
#pragma once

#include <vector>

#include "cli/report/findings.h"

namespace schemadiff::cli {

// `sides` as load_migration has them; reads the migration's files again.
std::vector<Finding> findings_of_statements(const Comparison& sides);

}  // namespace schemadiff::cli
