#include "cli/shadow/programs.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

#include "cli/process.h"
#include "schema/error.h"

namespace schemadiff::cli {
namespace {

namespace fs = std::filesystem;

// Where packages put server binaries; * stands for one folder's version.
constexpr std::string_view kUsual[] = {
    "/usr/lib/postgresql/*/bin",          // Debian
    "/usr/pgsql-*/bin",                   // the PostgreSQL project's RPMs
    "/usr/libexec/postgresql*",           // Alpine
    "/opt/homebrew/opt/postgresql*/bin",  // Homebrew
    "/usr/local/opt/postgresql*/bin",     // Homebrew on Intel
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/usr/local/pgsql/bin",  // built from source
};

std::vector<fs::path> matches(std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return {fs::path(pattern)};
  const std::size_t begin = pattern.rfind('/', star),
                    end = std::min(pattern.find('/', star), pattern.size());
  const std::string_view prefix = pattern.substr(begin + 1, star - begin - 1);
  const std::string rest(pattern.substr(std::min(end + 1, pattern.size())));
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(pattern.substr(0, begin), ignored))
    if (entry.path().filename().string().starts_with(prefix))
      found.push_back(rest.empty() ? entry.path() : entry.path() / rest);
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<fs::path> candidates() {
  std::vector<fs::path> directories;
  const char* variable = std::getenv("PATH");
  std::string_view path = variable ? variable : "";
  while (!path.empty()) {
    const std::size_t end = std::min(path.find(':'), path.size());
    if (end > 0) directories.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  try {
    std::string answer = run_process({"pg_config", "--bindir"}, {}).output;
    directories.emplace_back(answer.substr(0, answer.find('\n')));
  } catch (const Error&) {  // it is not there
  }
  for (const std::string_view pattern : kUsual)
    for (fs::path& found : matches(pattern)) directories.push_back(std::move(found));
  return directories;
}

// What `postgres --version` says: "postgres (PostgreSQL) 15.20 (Debian 15.20-1)".
std::optional<ServerPrograms> read_version(const fs::path& directory) {
  const std::string text = run_process({(directory / "postgres").string(), "--version"}, {}).output;
  const std::size_t begin = text.find(") ");
  if (begin == std::string::npos) return std::nullopt;
  ServerPrograms programs;
  programs.directory = directory;
  programs.version = text.substr(begin + 2, text.find_first_of(" \n", begin + 2) - begin - 2);
  const char* digits = programs.version.data();
  std::from_chars(digits, digits + programs.version.size(), programs.major);
  return programs;
}

}  // namespace

ServerPrograms find_server_programs(int major) {
  std::vector<fs::path> seen;
  std::optional<ServerPrograms> best;
  for (const fs::path& directory : candidates()) {
    std::error_code missing;
    // a link in PATH leads to where initdb and the libraries are
    const fs::path program = fs::canonical(directory / "postgres", missing);
    if (missing || !fs::exists(program.parent_path() / "initdb", missing)) continue;
    if (std::find(seen.begin(), seen.end(), program) != seen.end()) continue;
    seen.push_back(program);
    std::optional<ServerPrograms> found = read_version(program.parent_path());
    if (!found) continue;
    if (found->major == major) return *found;
    if (!best || found->major > best->major) best = std::move(found);
  }
  if (!best)
    throw Error(
        "--shadow ephemeral finds no PostgreSQL server on this machine",
        "install one (Debian: postgresql), put the folder of postgres and initdb into PATH, "
        "or name a scratch server: --shadow postgresql://…");
  return *best;
}

}  // namespace schemadiff::cli
