// Another program, run without a shell.
#pragma once

#include <string>
#include <vector>

namespace schemadiff::cli {

struct ProcessResult {
  int status = 0;  // exit status; 128 + signal when killed
  std::string output;
  std::string error;
};

// Runs arguments[0], found by PATH, with `input` on its standard input.
// Throws Error when it cannot be started.
ProcessResult run_process(const std::vector<std::string>& arguments, const std::string& input);

}  // namespace schemadiff::cli
