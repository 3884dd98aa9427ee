// docs/strategies.md names the fixtures that show each way: all of them are there.
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

namespace fs = std::filesystem;

// "group/case" of each `group/case` in the line.
std::vector<std::string> named_fixtures(const std::string& line) {
  std::vector<std::string> names;
  std::size_t end = 0;
  for (std::size_t begin = line.find('`'); begin != std::string::npos;
       begin = line.find('`', end + 1)) {
    end = line.find('`', begin + 1);
    if (end == std::string::npos) break;
    names.push_back(line.substr(begin + 1, end - begin - 1));
  }
  return names;
}

}  // namespace

TEST_CASE("each way has its fixtures", "[goldens]") {
  std::istringstream page(read_file(source_directory() / "docs" / "strategies.md"));
  std::size_t rows = 0;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| ") || line.starts_with("| change |")) continue;
    ++rows;
    INFO(line);
    const std::vector<std::string> names = named_fixtures(line);
    CHECK_FALSE(names.empty());
    for (const std::string& name : names) {
      INFO(name);
      if (name.starts_with("live/")) {
        CHECK(fs::exists(source_directory() / "tests" / name / "to.sql"));
        continue;
      }
      CHECK(fs::exists(fixtures_directory() / name / "to.sql"));
      const char* golden = name.starts_with("error/") ? "error.txt" : "plan.sql";
      CHECK(fs::exists(fixtures_directory() / name / golden));
    }
  }
  CHECK(rows >= 48);  // of the matrix that the planner was made from
}

}  // namespace schemadiff::testing
