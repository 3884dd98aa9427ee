// Finds fixtures and corpus schemas relative to the source directory.
#include "tests/support/paths.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace schemadiff::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> kRunCode{"kitchen-sink", "temboard"};

bool chosen(const std::string& name) {
  const char* only = std::getenv("SCHEMADIFF_ONLY");
  return only == nullptr || name.find(only) != std::string::npos;
}

std::vector<fs::path> subdirectories(const fs::path& directory) {
  std::vector<fs::path> result;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.is_directory()) result.push_back(entry.path());
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

fs::path source_directory() { return SCHEMADIFF_SOURCE_DIR; }

fs::path fixtures_directory() { return source_directory() / "fixtures"; }

std::string tool_program() {
  const char* chosen_binary = std::getenv("SCHEMADIFF_BINARY");
  return chosen_binary != nullptr ? chosen_binary : SCHEMADIFF_TOOL;
}

std::string pg_program(const std::string& name) {
  return std::string(SCHEMADIFF_PG_BINDIR) + "/" + name;
}

std::vector<Server> other_servers() {
  const char* chosen_directory = std::getenv("SCHEMADIFF_SERVERS");
  const fs::path directory =
      chosen_directory ? chosen_directory
                       : fs::path("/var/tmp") / ("schemadiff-servers-" + std::to_string(geteuid()));
  std::vector<Server> servers;
  if (fs::exists(directory))
    for (const fs::path& version : subdirectories(directory))
      if (fs::exists(version / "bin" / "postgres"))
        servers.push_back({version.filename(), version / "bin"});
  if (servers.empty())
    std::cout << "skipped: no servers of other versions in " << directory.string()
              << "; ./dev servers installs them\n";
  return servers;
}

bool long_form() { return std::getenv("SCHEMADIFF_LONG") || std::getenv("SCHEMADIFF_ONLY"); }

unsigned number_of(const std::string& name, unsigned start) {
  for (const char c : name) start = 31 * start + static_cast<unsigned char>(c);
  return start;
}

int number_from(const char* variable, int otherwise) {
  const char* chosen = std::getenv(variable);
  return chosen != nullptr ? std::atoi(chosen) : otherwise;
}

std::vector<Fixture> fixtures() {
  std::vector<Fixture> result;
  for (const fs::path& group : subdirectories(fixtures_directory())) {
    for (const fs::path& directory : subdirectories(group)) {
      const std::string name = (group.filename() / directory.filename()).string();
      if (chosen(name)) result.push_back({name, directory});
    }
  }
  return result;
}

std::vector<Fixture> live_fixtures(const std::string& version) {
  std::vector<Fixture> result;
  const fs::path group = source_directory() / "tests" / "live" / version;
  if (!fs::exists(group)) return result;
  for (const fs::path& directory : subdirectories(group)) {
    const std::string name = "live/" + version + "/" + directory.filename().string();
    if (chosen(name)) result.push_back({name, directory});
  }
  return result;
}

std::vector<CorpusSchema> corpus() {
  const fs::path directory = source_directory().parent_path() / "shared" / "corpus";
  if (!fs::exists(directory)) {
    std::cout << "SKIPPED: no corpus of real schemas at ../shared/corpus\n";
    return {};
  }
  std::vector<CorpusSchema> result;
  for (const fs::path& entry : subdirectories(directory)) {
    if (!chosen("corpus/" + entry.filename().string())) continue;
    CorpusSchema schema{entry.filename().string(), {}, entry / "schema.sql", false};
    schema.runs_code = std::find(kRunCode.begin(), kRunCode.end(), schema.name) != kRunCode.end();
    if (fs::exists(entry / "prelude.sql")) schema.prelude = entry / "prelude.sql";
    result.push_back(std::move(schema));
  }
  return result;
}

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

void write_file(const fs::path& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  if (!stream.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace schemadiff::testing
