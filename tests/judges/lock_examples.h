// A statement for each operation of the table of operations.
#pragma once

#include <vector>

#include "engine/operation.h"

namespace schemadiff::testing {

// Instead of a version: no server at hand can run the statement.
inline constexpr int kNotMeasured = 0;

struct LockExample {
  engine::Op op;
  const char* statement;
  const char* relation;    // the one that the operation's facts are about
  const char* setup = "";  // what the statement needs beside the table t, which kLoadedTable makes
  const char* note = "";   // for the reader of docs/locks.md
  int since = 13;          // the first server version that has the statement, or kNotMeasured
  const char* reader = "";  // outside of transactions: whose readers it waits for, if not the
                            // relation's
};

// A table with rows, for all examples; each has a schema of its own, which is the search path.
extern const char* const kLoadedTable;

// In the order of the table of operations.
const std::vector<LockExample>& lock_examples();

}  // namespace schemadiff::testing
