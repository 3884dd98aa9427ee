// Files as of a git revision.
#pragma once

#include <string>
#include <vector>

#include "parser/parser.h"

namespace schemadiff::cli {

// The file, or the *.sql files below the directory sorted by path, that `path` (relative to the
// working directory) was at `revision`; named "REV:PATH". Throws Error.
std::vector<parser::SourceText> git_texts(const std::string& revision, const std::string& path);

}  // namespace schemadiff::cli
