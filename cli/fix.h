// lint --fix: what rules of lint find and a line more in the files mends.
#pragma once

#include <string>
#include <vector>

#include "cli/source.h"
#include "engine/lint/lint.h"

namespace schemadiff::cli {

// Writes into the source's files what findings of these rules lack: a default of a column
// (timestamp-default), an index (LintFinding::index). Nothing that is there is changed or taken
// away; what is silenced is left alone. Gives what was done, a sentence each. Throws Error, with
// all files as they were: the source is no files, or reading them again shows more than was meant.
std::vector<std::string> fix(const Source& source,
                             const std::vector<engine::LintFinding>& findings);

}  // namespace schemadiff::cli
