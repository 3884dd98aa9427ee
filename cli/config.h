// schemadiff.toml as a value. The only user of toml++ is config.cpp.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace schemadiff::cli {

struct Config {
  std::string file;  // empty: there is none
  std::string
      schema;  // the default --to: a SRC, paths relative to the working directory; empty: not said
  std::map<std::string, std::string> targets;  // name → SRC
  std::vector<std::string> ignore;             // patterns, as --exclude has them
};

// Reads `path`; an empty path means schemadiff.toml of the working directory, where its absence is
// an empty Config. Throws Error for a missing file, bad TOML, an unknown key, a secret in a target.
Config read_config(const std::string& path);

}  // namespace schemadiff::cli
