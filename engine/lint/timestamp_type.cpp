// Times that do not say in which time zone they are.
#include "engine/lint/lint.h"

namespace schemadiff::engine::lint_rules {

using namespace schema;

void timestamp_type(Subject& s) {
  s.for_each_column([&](const Table& table, const Column& column) {
    const std::string& type = column.type.sql;
    if (type.starts_with("timestamp") && type.find("without time zone") != std::string::npos)
      s.add(id_of(table, column),
            "A timestamp without time zone is no moment: timestamp with time zone is.");
  });
}

}  // namespace schemadiff::engine::lint_rules
