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

}  // namespace schemadiff::engine
