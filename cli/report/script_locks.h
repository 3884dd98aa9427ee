// How a script of psql waits for locks: it has no loop of its own, so the server runs it.
#pragma once

#include <string>
#include <vector>

#include "engine/plan.h"

namespace schemadiff::cli {

// A statement at the begin of a transaction that takes the locks of its steps, all or none, in
// several tries with pauses in which it holds none. Empty: the steps lock no table that is there.
// `is_done`: an SQL condition under which there is nothing to lock for.
std::string take_locks(const std::vector<const engine::Step*>& steps, const std::string& is_done);

}  // namespace schemadiff::cli
