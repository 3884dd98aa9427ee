// How a judge tells what it found.
#pragma once

#include "tests/support/workers.h"

namespace schemadiff::testing {

// Fails the running test for each finding that known_failures.txt does not name; prints those it
// names.
void report(const Findings& findings);

}  // namespace schemadiff::testing
