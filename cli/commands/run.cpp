// Which function a command is.
#include "cli/commands/commands.h"

namespace schemadiff::cli {

Outcome run(const Options& options) {
  switch (options.command) {
    case Command::Plan:
      return plan(options);
    case Command::Check:
      return check(options);
    case Command::Apply:
      return apply(options);
    case Command::Rollback:
      return rollback(options);
    case Command::Smoke:
      return smoke(options);
    case Command::Status:
      return status(options);
    case Command::History:
      return history(options);
    case Command::Baseline:
      return baseline(options);
    case Command::Dump:
      return dump(options);
    case Command::Explain:
      return explain(options);
    case Command::Lint:
      return lint(options);
    case Command::Docs:
      return docs(options);
    case Command::Init:
      return init(options);
    case Command::DebugCatalog:
      return debug_catalog(options);
    case Command::DebugChanges:
      return debug_changes(options);
    case Command::DebugGraph:
      return debug_graph(options);
    case Command::Print:
      break;
  }
  return {options.text, kDone, {}};
}

}  // namespace schemadiff::cli
