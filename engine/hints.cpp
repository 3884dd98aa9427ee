#include "engine/hints.h"

namespace schemadiff::engine {

using namespace schema;

std::string shares_columns(const Table& table, const Context& context) {
  const QualifiedName name{table.id.schema, table.id.name};
  if (!table.server.empty()) return "it is a foreign table";
  if (!table.partition_of.empty() || !table.inherits.empty() || !table.of_type.empty())
    return "the table has its columns from another";
  if (!table.partition_key.strategy.empty() || context.heirs.contains(name) ||
      context.old_heirs.contains(name))
    return "other tables have their columns from this one";
  return {};
}

Error error_at(const Span& span, const Catalog& catalog, std::string message, std::string hint) {
  Error error(std::move(message), std::move(hint));
  if (span.line == 0) return error;
  error.file = span.file < catalog.files.size() ? catalog.files[span.file] : "";
  error.line = span.line;
  error.column = span.column;
  return error;
}

}  // namespace schemadiff::engine
