// Where the programs of a PostgreSQL server are on this machine.
#pragma once

#include <filesystem>
#include <string>

namespace schemadiff::cli {

struct ServerPrograms {
  std::filesystem::path directory;  // holds postgres and initdb
  std::string version;              // "15.20"
  int major = 0;
};

// Looks along PATH, asks pg_config, then looks where packages put them. Prefers those of `major`;
// else the newest, of equal ones the first found. major 0: no preference. Throws Error when there
// are none.
ServerPrograms find_server_programs(int major);

}  // namespace schemadiff::cli
