#include "tests/judges/scratch.h"

#include <unistd.h>

#include "tests/support/paths.h"

namespace schemadiff::testing {

namespace fs = std::filesystem;

Scratch::Scratch()
    : path_(fs::temp_directory_path() / ("schemadiff-cli-" + std::to_string(getpid()))) {
  fs::remove_all(path_);
  fs::create_directories(path_);
}

Scratch::~Scratch() { fs::remove_all(path_); }

void Scratch::write(const std::string& name, const std::string& text) const {
  fs::create_directories((path_ / name).parent_path());
  write_file(path_ / name, text);
}

Result Scratch::tool(std::vector<std::string> arguments, const std::string& input,
                     std::map<std::string, std::string> environment) const {
  arguments.insert(arguments.begin(), tool_program());
  return run({.argv = std::move(arguments),
              .input = input,
              .directory = path_,
              .environment = std::move(environment)});
}

}  // namespace schemadiff::testing
