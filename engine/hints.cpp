#include "engine/hints.h"

#include <algorithm>

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
  if (context.refuses_updates(table))
    return "the table is published without a replica identity and refuses updates";
  return {};
}

bool has_replica_identity(const Table& table, const Children& children) {
  const char mode = table.replica_identity.mode;
  if (mode != 'd') return mode != 'n';
  const auto found = children.find({table.id.schema, table.id.name});
  return found != children.end() && std::ranges::any_of(found->second, [](const Object* child) {
           return child->id.kind == Kind::Constraint &&
                  static_cast<const Constraint*>(child)->contype == 'p';
         });
}

}  // namespace schemadiff::engine
