// Runs other programs: psql, pg_dump, the tool itself.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace schemadiff::testing {

struct Command {
  std::vector<std::string> argv;
  std::string input = {};                               // for its standard input
  std::filesystem::path directory = {};                 // empty: the current one
  std::map<std::string, std::string> environment = {};  // on top of our own
  const char* user = nullptr;                           // to run as; only where we are root
};

struct Result {
  int status = 0;  // exit status; 128 + n where signal n ended it
  std::string out;
  std::string err;
};

// Runs the command to its end. Safe to call from several threads.
Result run(const Command& command);

}  // namespace schemadiff::testing
