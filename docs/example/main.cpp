// What a change of a schema takes, step by step: two texts in, a plan out, no server.
#include <iostream>

#include "diff/change.h"
#include "engine/plan.h"
#include "parser/analyze/analyze.h"
#include "parser/parser.h"
#include "schema/error.h"

using namespace schemadiff;

namespace {

schema::Catalog read(const std::string& name, const std::string& sql) {
  schema::Catalog catalog = parser::parse({{name, sql}});
  parser::analyze(catalog, {});
  return catalog;
}

}  // namespace

int main() try {
  const schema::Catalog from = read("old.sql", "CREATE TABLE users (id bigint PRIMARY KEY, name text);");
  const schema::Catalog to = read("new.sql",
                                  "CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);"
                                  "CREATE INDEX ON users (name);");
  const engine::Plan plan = engine::plan(from, to, diff::compare(from, to));
  for (const engine::Step& step : plan.steps) {
    std::cout << step.id << ' ' << to_string(step.phase) << ' ' << to_string(step.risk) << '\n';
    for (const std::string& statement : step.sql) std::cout << "  " << statement << ";\n";
  }
} catch (const Error& error) {
  std::cerr << error.message << '\n';
  return 1;
}
