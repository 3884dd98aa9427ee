// Foreign keys whose referencing columns no index begins with.
#include <algorithm>

#include "engine/lint/lint.h"
#include "schema/quote.h"

namespace schemadiff::engine::lint_rules {

using namespace schema;

namespace {

// In any order: the server looks the columns of the key up together.
bool begins_with(const std::vector<std::string>& key, const std::vector<std::string>& columns) {
  if (key.size() < columns.size()) return false;
  const auto end = key.begin() + static_cast<std::ptrdiff_t>(columns.size());
  return std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
    return std::find(key.begin(), end, column) != end;
  });
}

bool is_indexed(const Subject& s, const Table& table, const std::vector<std::string>& columns) {
  return s.any_index(table, [&](const auto& key) { return begins_with(key, columns); });
}

}  // namespace

void foreign_key_index(Subject& s) {
  s.for_each_table([&](const Table& table) {
    for (const Constraint* key : s.constraints_of(table))
      if (key->contype == 'f' && !is_indexed(s, table, key->columns))
        s.add(key->id,
              "No index begins with its columns: deletes from " +
                  quote_qualified(*key->referenced_table) + " and changes of its key read all of " +
                  quote_qualified({table.id.schema, table.id.name}) + ".",
              key->columns);
  });
}

}  // namespace schemadiff::engine::lint_rules
