// Which drops and creations look like renames that no hint says.
#pragma once

#include <string>
#include <vector>

#include "engine/operation.h"

namespace schemadiff::engine {

// A sentence each, with the score and what to write; nothing is done about them.
std::vector<std::string> suggest_renames(const Context& context);

}  // namespace schemadiff::engine
