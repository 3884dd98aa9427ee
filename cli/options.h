// The command line as a value. CLI11 is known to the files options*, option_groups.h and help.cpp
// alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace schemadiff::cli {

enum class Command : unsigned char {
  Print,  // help or version: Options::text
  Plan,
  Check,
  Apply,
  Rollback,
  Status,
  History,
  Smoke,
  Baseline,
  Dump,
  Explain,
  Lint,
  Docs,
  Init,
  DebugCatalog,
  DebugChanges,
  DebugGraph,
};

enum class Format : unsigned char { Text, Sql, Json, Markdown, Html, Sarif, Junit, Github };
enum class DocsFormat : unsigned char {
  Markdown,
  Html,
  Classification,
  Mermaid,
  Plantuml,
  Dot,
  Svg,
};
enum class Manage : unsigned char { Auto, Manage, Ignore };  // of owners and of privileges
enum class Color : unsigned char { Auto, Always, Never };

// Exit statuses; README.md and --help say the same.
enum ExitStatus : int {
  kDone = 0,     // nothing to do, or done
  kFailed = 1,   // an error
  kPending = 2,  // changes pending, or drift
  kRefused = 3,  // refused by policy
};

// Of apply, rollback and smoke. What has no value here, the configuration says.
struct ApplyOptions {
  std::string plan_file;                  // path; empty: a fresh plan
  std::string phase;                      // "expand" "migrate" "contract"; empty: all
  std::string until;                      // a step's id; empty: the last
  std::string name, description, author;  // empty: made up
  std::vector<std::string> allow;         // rules, or "all"
  bool yes = false;
  bool dry_run = false;
  bool explain_only = false;  // show what would run and what is in its way, and run nothing
  bool approve = false;       // record it, and run nothing
  bool quiet = false;         // the plan is not shown
  std::string confirm;        // the name of the production target that is meant
  bool force = false;         // roll back though objects have changed since
  std::optional<double> lock_timeout, statement_timeout, pause, max_lag;  // seconds
  std::optional<int> retries;
  std::string free_disk;  // "50 GiB"
  std::string log;        // path, of lines in JSON
  std::string otlp_file;  // path, of spans
};

// Of check: many databases instead of one.
struct TargetsOptions {
  bool all = false;     // those of schemadiff.toml
  std::string file;     // path of a list of them; empty: none
  int jobs = 4;         // how many at a time
  double timeout = 60;  // seconds for each
};

struct Options {
  Command command = Command::Print;
  std::string text;  // of Print

  std::string from;  // SRC; empty: not said
  std::string to;
  std::string config;     // path; empty: schemadiff.toml of the working directory, if it is there
  std::string output;     // path; empty: standard output
  std::string shadow;     // "ephemeral", "same-server" or a database's SRC; empty: none
  std::string directory;  // of --dir of dump (empty: one text) and of init (empty: schema)
  std::string facts;      // path; empty: none
  std::string rule;       // of explain; empty: all
  std::string fresh;      // of docs --check: the path; empty: it is not asked

  ApplyOptions apply;
  TargetsOptions targets;
  Format format = Format::Text;
  DocsFormat docs_format = DocsFormat::Markdown;
  Manage owners = Manage::Auto;
  Manage privileges = Manage::Auto;
  Color color = Color::Auto;
  bool reverse = false;
  bool no_probe = false;    // of plan
  bool verify = false;      // of plan
  bool idempotent = false;  // of plan --format sql
  bool quick = false;       // of check: fingerprints alone
  bool fix = false;         // of lint
  bool no_drift = false;    // of status
  bool allow_empty = false;
  std::vector<std::string> schemas;   // --schema patterns; none: everything
  std::vector<std::string> excludes;  // --exclude patterns
};

// Throws Error for what it does not understand, naming the nearest thing that exists.
Options parse_options(int argc, const char* const* argv);

std::string_view version();

}  // namespace schemadiff::cli
