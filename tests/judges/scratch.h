// Files that the tool is run on.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace schemadiff::testing {

// A directory of its own for each test, removed afterwards.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  void write(const std::string& name, const std::string& text) const;

  // Runs the tool in the directory.
  Result tool(std::vector<std::string> arguments, const std::string& input = {},
              std::map<std::string, std::string> environment = {}) const;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace schemadiff::testing
