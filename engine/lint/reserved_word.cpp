// Names that have to be quoted because they are words of the language.
#include "engine/lint/lint.h"
#include "schema/quote.h"

namespace schemadiff::engine::lint_rules {

using namespace schema;

namespace {

// Quoted, though it is a plain lower-case word.
bool is_keyword(const std::string& name) {
  for (const char c : name)
    if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') return false;
  return !(name.front() >= '0' && name.front() <= '9') && quote_identifier(name) != name;
}

}  // namespace

void reserved_word(Subject& s) {
  const auto check = [&](const ObjectId& id) {
    if (is_keyword(id.name))
      s.add(id, "The name is a word of SQL: every statement has to quote it.");
  };
  for (const auto& [id, table] : s.catalog.tables) check(id);
  for (const auto& [id, view] : s.catalog.views) check(id);
  for (const auto& [id, view] : s.catalog.materialized_views) check(id);
  for (const auto& [id, routine] : s.catalog.routines) check(id);
  s.for_each_column([&](const Table& table, const Column& column) { check(id_of(table, column)); });
}

}  // namespace schemadiff::engine::lint_rules
