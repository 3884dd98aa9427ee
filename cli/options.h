// The command line as a value. The only user of CLI11 is options.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace schemadiff::cli {

enum class Command : unsigned char {
  Print,  // help or version: Options::text
  Plan,
  Check,
  Baseline,
  Dump,
  Explain,
  DebugCatalog,
  DebugChanges,
  DebugGraph,
};

enum class Format : unsigned char { Text, Sql, Json };
enum class Manage : unsigned char { Auto, Manage, Ignore };  // of owners and of privileges
enum class Color : unsigned char { Auto, Always, Never };

// Exit statuses; README.md and --help say the same.
enum ExitStatus : int {
  kDone = 0,     // nothing to do, or done
  kFailed = 1,   // an error
  kPending = 2,  // changes pending, or drift
  kRefused = 3,  // refused by policy
};

struct Options {
  Command command = Command::Print;
  std::string text;  // of Print

  std::string from;  // SRC; empty: not said
  std::string to;
  std::string config;     // path; empty: schemadiff.toml of the working directory, if it is there
  std::string output;     // path; empty: standard output
  std::string shadow;     // "ephemeral", "same-server" or a database's SRC; empty: none
  std::string directory;  // of dump --dir; empty: one text
  std::string facts;      // path; empty: none
  std::string rule;       // of explain; empty: all

  Format format = Format::Text;
  Manage owners = Manage::Auto;
  Manage privileges = Manage::Auto;
  Color color = Color::Auto;
  bool reverse = false;
  bool no_probe = false;  // of plan
  bool allow_empty = false;
  std::vector<std::string> schemas;   // --schema patterns; none: everything
  std::vector<std::string> excludes;  // --exclude patterns
};

// Throws Error for what it does not understand, naming the nearest thing that exists.
Options parse_options(int argc, const char* const* argv);

std::string_view version();

}  // namespace schemadiff::cli
