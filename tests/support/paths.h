// Where the project, its fixtures, the corpus and the programs are.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace schemadiff::testing {

std::filesystem::path source_directory();
std::filesystem::path fixtures_directory();

// The tool under test. SCHEMADIFF_BINARY overrides the one of this build.
std::string tool_program();

// A program of PostgreSQL's own ("psql", "initdb"), by its full path.
std::string pg_program(const std::string& name);

// A server of another major version, as `./dev servers` installs them.
struct Server {
  std::string name;  // "13"
  std::filesystem::path programs;
};

// Sorted by version; none where they are not installed, which is said on standard output.
// SCHEMADIFF_SERVERS overrides the directory.
std::vector<Server> other_servers();

struct Fixture {
  std::string name;  // "view/replaced"
  std::filesystem::path directory;
  std::filesystem::path from() const { return directory / "from.sql"; }
  std::filesystem::path to() const { return directory / "to.sql"; }
  // Sizes of its tables; empty: the case says nothing of them.
  std::filesystem::path facts() const {
    const std::filesystem::path file = directory / "facts.toml";
    return std::filesystem::exists(file) ? file : std::filesystem::path();
  }
  // Cases of the error group hold no schema that could be built.
  bool is_error() const { return name.starts_with("error/"); }
  // Cases of the risk group show what rules say of a change that other groups have, too.
  bool is_risk() const { return name.starts_with("risk/"); }
};

// Whether a judge looks at all there is, and not at what fits into a run of CI: where
// SCHEMADIFF_LONG is set, and where SCHEMADIFF_ONLY names what to look at.
bool long_form();

// A number of a name, which others that come or go do not change.
unsigned number_of(const std::string& name, unsigned start = 0);

// The number in an environment variable; `otherwise` where it is not set.
int number_from(const char* variable, int otherwise);

// Sorted by name. SCHEMADIFF_ONLY=text keeps those whose name contains the text.
std::vector<Fixture> fixtures();

// Pairs of schemas that a server of this version, and no older one, can hold: tests/live/<version>.
// As fixtures().
std::vector<Fixture> live_fixtures(const std::string& version);

struct CorpusSchema {
  std::string name;
  std::optional<std::filesystem::path> prelude;  // to be loaded before the schema
  std::filesystem::path schema;
  // Its text runs code (DO blocks, SELECT of a function) that makes objects which no statement
  // names: a dump of what was built stands for it.
  bool runs_code = false;
};

// The real schemas beside the project, sorted by name; none where they are absent, which is said on
// standard output. SCHEMADIFF_ONLY as above.
std::vector<CorpusSchema> corpus();

std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& text);

}  // namespace schemadiff::testing
