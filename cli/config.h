// schemadiff.toml as a value.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/config_apply.h"
#include "cli/policy.h"
#include "engine/lint/lint.h"
#include "engine/plan.h"

namespace schemadiff::cli {

struct Silence : engine::Silence {
  std::string until;  // "2027-01-31", the last day; empty: without end
};

// What is asked of those who change certain targets.
struct Production {
  std::vector<std::string> targets;  // names
  int approvals = 2;                 // by different people, of a plan with steps of high risk
  bool tls = true;                   // the connection has to be encrypted
  bool superuser = false, localhost = false;  // may be one, may be there
};

// [[hint]]: as a comment beside a column of the schema files says it.
struct ConfigHint {
  std::string object;  // "public.users.full_name"
  std::string key, value;
  unsigned line = 0, column = 0;  // of the object, in the config file
};

// What may be counted in a live database while a plan is made.
struct Probes {
  bool enabled = true;
  double seconds = 3;                             // all of them together
  std::int64_t max_bytes = 1024LL * 1024 * 1024;  // larger tables are left alone
};

struct Config {
  std::string file;  // empty: there is none
  std::string
      schema;  // the default --to: a SRC, paths relative to the working directory; empty: not said
  std::map<std::string, std::string> targets;  // name → SRC
  std::vector<std::string> ignore;             // patterns, as --exclude has them
  engine::Thresholds thresholds;
  engine::Throughput throughput;
  std::map<std::string, engine::Risk> risks;  // by rule
  std::vector<Silence> silences;              // of rules of either kind
  engine::LintOptions lint;                   // without silences
  Policies policies;
  Production production;
  ApplyConfig apply;
  std::vector<ConfigHint> hints;
  Probes probes;
};

// Reads `path`; an empty path means schemadiff.toml of the working directory, where its absence is
// an empty Config. Throws Error for a missing file, bad TOML, an unknown key, a secret in a target.
Config read_config(const std::string& path);

}  // namespace schemadiff::cli
