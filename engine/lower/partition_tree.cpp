// The partitions below a table.
#include "engine/lower/partition.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

void add_below(const Table& table, const Heirs& heirs, std::vector<const Table*>& found) {
  const auto parts = heirs.find({table.id.schema, table.id.name});
  if (parts == heirs.end()) return;
  for (const Table* part : parts->second) {
    found.push_back(part);
    add_below(*part, heirs, found);
  }
}

}  // namespace

std::vector<const Table*> all_below(const Table& table, const Heirs& heirs) {
  std::vector<const Table*> found;
  add_below(table, heirs, found);
  return found;
}

std::vector<const Table*> with_all_below(const Table& table, const Heirs& heirs) {
  std::vector<const Table*> found{&table};
  add_below(table, heirs, found);
  return found;
}

std::vector<const Table*> tables_with_rows(const QualifiedName& name, const Context& context) {
  const Table& table = *context.from.table(name);
  if (table.partition_key.strategy.empty()) return {&table};
  std::vector<const Table*> found;
  for (const Table* part : all_below(table, context.old_heirs)) {
    const Table* after = context.to.table({part->id.schema, part->id.name});
    const bool leaves = after && after->partition_of != part->partition_of;
    if (part->partition_key.strategy.empty() && !leaves) found.push_back(part);
  }
  return found;
}

}  // namespace schemadiff::engine
