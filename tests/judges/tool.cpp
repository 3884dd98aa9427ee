// Calls of the tool under test.
#include "tests/judges/tool.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "schema/quote.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {

Result run_plan(const std::string& from, const std::string& to, const std::string& format,
                const std::filesystem::path& directory, const std::filesystem::path& facts) {
  std::vector<std::string> argv{tool_program(), "plan", "--from",       from, "--to", to,
                                "--format",     format, "--allow-empty"};
  if (!facts.empty()) argv.insert(argv.end(), {"--facts", facts.string()});
  return run({.argv = std::move(argv), .directory = directory, .environment = {{"NO_COLOR", "1"}}});
}

Result run_dump(const std::string& source) {
  return run({.argv = {tool_program(), "dump", source}, .environment = {{"NO_COLOR", "1"}}});
}

WayBack way_back(const std::string& plan_json) {
  const nlohmann::json plan = nlohmann::json::parse(plan_json);
  std::string path;
  for (const nlohmann::json& schema : plan.at("search_path")) {
    path += (path.empty() ? "" : ", ") + schema::quote_identifier(schema.get<std::string>());
  }
  WayBack way;
  way.sql = "SET check_function_bodies = off;\nSELECT pg_catalog.set_config('search_path', " +
            schema::quote_literal(path) + ", false) AS search_path \\gset\n";
  const nlohmann::json& steps = plan.at("steps");
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const nlohmann::json& undo = step->at("undo_statements");
    if (!step->at("reversible").get<bool>()) {
      way.missing.push_back(step->at("id").get<std::string>() + ": " +
                            step->at("undo_note").get<std::string>());
    }
    for (const nlohmann::json& statement : undo) way.sql += statement.get<std::string>() + ";\n";
  }
  return way;
}

}  // namespace schemadiff::testing
