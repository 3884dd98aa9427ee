// Whether a rule counts where it fires.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/plan.h"

namespace schemadiff::engine {

// The reason for which the rule does not count on the object; empty: it counts.
std::string silencing(std::string_view rule, const schema::ObjectId& object,
                      const std::vector<Silence>& silences);

}  // namespace schemadiff::engine
