// Times of creation and change that the application has to give.
#include "engine/lint/lint.h"

namespace schemadiff::engine::lint_rules {

using namespace schema;

void timestamp_default(Subject& s) {
  s.for_each_column([&](const Table& table, const Column& column) {
    const bool is_kept = column.name == "created_at" || column.name == "updated_at" ||
                         column.name == "createdAt" || column.name == "updatedAt" ||
                         column.name == "inserted_at" || column.name == "modified_at";
    if (is_kept && column.type.sql.starts_with("timestamp") && column.default_value.empty() &&
        column.generated.empty())
      s.add(id_of(table, column), "It has no default: rows that forget it fail, or lack it.");
  });
}

}  // namespace schemadiff::engine::lint_rules
