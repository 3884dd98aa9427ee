// Columns that take their numbers from a sequence of their own by a default.
#include "engine/lint/lint.h"

namespace schemadiff::engine::lint_rules {

using namespace schema;

void serial(Subject& s) {
  for (const auto& [id, sequence] : s.catalog.sequences) {
    const Table* table =
        sequence.owned_by.table.empty() ? nullptr : s.catalog.table(sequence.owned_by.table);
    const Column* column = table ? table->find(sequence.owned_by.column) : nullptr;
    if (column && column->default_value->sql.starts_with("nextval("))
      s.add(lint_rules::id_of(*table, *column),
            "It is a serial: GENERATED … AS IDENTITY is the standard's, and needs no grant on a "
            "sequence.");
  }
}

}  // namespace schemadiff::engine::lint_rules
