// What has to hold for every plan, looked at from outside: from its statements, not from what made
// them.
#pragma once

#include <string>
#include <vector>

#include "engine/plan.h"

namespace schemadiff::engine {

// What is wrong with the plan, a sentence each; empty: nothing. Statements that cannot run in a
// transaction block run alone; no VALIDATE in the transaction of its NOT VALID; a value that is
// added to an enum is committed before anything else runs; what reads or writes all of a table stands
// behind no ACCESS EXCLUSIVE lock on another without saying so; phases never decrease; each step follows
// only earlier ones; each has an undo or says why not; nothing is dropped with CASCADE.
std::vector<std::string> verify(const Plan& plan);

// Whether the server refuses the statement inside of a transaction block.
bool runs_alone(const std::string& statement);

}  // namespace schemadiff::engine
