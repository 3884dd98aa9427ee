// Texts with a length that the type holds them to.
#include "engine/lint/lint.h"

namespace schemadiff::engine::lint_rules {

using namespace schema;

void varchar_length(Subject& s) {
  s.for_each_column([&](const Table& table, const Column& column) {
    if (column.type.sql.starts_with("character varying(") ||
        column.type.sql.starts_with("character("))
      s.add(
          id_of(table, column),
          "Another length is a change of type: text with a CHECK takes no more room and is easier "
          "to change.");
  });
}

}  // namespace schemadiff::engine::lint_rules
