// The commands. Each gives its result and its exit status; main.cpp writes it.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"

namespace schemadiff::cli {

struct NamedText {
  std::string name, text;
};

struct Outcome {
  std::string result;  // for standard output or --output
  ExitStatus status = kDone;
  std::vector<std::string> notes;     // for standard error
  std::vector<NamedText> files = {};  // in the place of `result`: below --output, a directory then
};

Outcome plan(const Options& options);
Outcome check(const Options& options);
Outcome check_targets(const Options& options);
Outcome apply(const Options& options);
Outcome rollback(const Options& options);
Outcome smoke(const Options& options);
Outcome status(const Options& options);
Outcome history(const Options& options);
Outcome baseline(const Options& options);
Outcome dump(const Options& options);
Outcome explain(const Options& options);
Outcome lint(const Options& options);
Outcome docs(const Options& options);
Outcome init(const Options& options);
Outcome debug_catalog(const Options& options);
Outcome debug_changes(const Options& options);
Outcome debug_graph(const Options& options);

// The command that the options name.
Outcome run(const Options& options);

}  // namespace schemadiff::cli
