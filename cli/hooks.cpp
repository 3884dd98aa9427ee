#include "cli/hooks.h"

#include "cli/files.h"
#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

using schema::quote_literal;
using schema::introspection::Session;
using schema::introspection::StatementError;

std::vector<Hook> read(const std::vector<std::string>& files) {
  std::vector<Hook> hooks;
  for (const std::string& file : files) hooks.push_back({file, read_file(file)});
  return hooks;
}

std::string setting(const std::string& name, const std::string& value) {
  return "SELECT set_config(" + quote_literal(name) + ", " + quote_literal(value) + ", false);";
}

std::string search_path(Session& session) {
  auto rows = session.execute("SELECT current_setting('search_path')");
  rows.next();
  return rows.text();
}

}  // namespace

Hooks read_hooks(const ApplyConfig& config) { return {read(config.before), read(config.after)}; }

void run_hooks(Session& session, const std::vector<Hook>& hooks, const std::string& action,
               const std::string& migration) {
  if (hooks.empty()) return;
  const std::string path = search_path(session);
  session.execute("RESET search_path;" + setting("schemadiff.action", action) +
                  setting("schemadiff.migration", migration));
  for (const Hook& hook : hooks) {
    try {
      session.execute(hook.sql);
    } catch (const StatementError& error) {
      throw Error(hook.file + ": " + error.message, error.hint);
    }
  }
  session.execute(setting("search_path", path));
}

}  // namespace schemadiff::cli
