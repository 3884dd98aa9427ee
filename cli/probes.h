// What a live database is asked while a plan is made: how many rows stand in the way of its steps.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/config.h"
#include "engine/plan.h"

namespace schemadiff::cli {

// The counts that pre-checks of the plan ask for, by their query. What could not be counted is left
// out, and said in `notes`.
std::map<std::string, std::int64_t> probe(const std::string& conninfo, const engine::Plan& plan,
                                          const schema::Facts& facts, const Probes& probes,
                                          std::vector<std::string>& notes);

}  // namespace schemadiff::cli
