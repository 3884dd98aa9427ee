// Indexes that the configuration asks for and the schema lacks.
#include <algorithm>

#include "engine/lint/lint.h"

namespace schemadiff::engine::lint_rules {

void required_index(Subject& s) {
  s.for_each_table([&](const schema::Table& table) {
    const auto required = s.options.required_indexes.find(table.id.schema + '.' + table.id.name);
    if (required == s.options.required_indexes.end()) return;
    for (const std::vector<std::string>& columns : required->second) {
      const bool is_there = s.any_index(table, [&](const std::vector<std::string>& key) {
        return key.size() >= columns.size() &&
               std::equal(columns.begin(), columns.end(), key.begin());
      });
      std::string list;
      for (const std::string& column : columns) list += (list.empty() ? "" : ", ") + column;
      if (!is_there)
        s.add(table.id,
              "No index begins with (" + list + "), which [lint.required_indexes] asks for.",
              columns);
    }
  });
}

}  // namespace schemadiff::engine::lint_rules
