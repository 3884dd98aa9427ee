// What differs and no statement changes.
#pragma once

#include <string>
#include <vector>

#include "engine/operation.h"

namespace schemadiff::engine {

// A sentence for each; empty where there is nothing of the kind.
std::vector<std::string> left_as_is(const Context& context);

}  // namespace schemadiff::engine
