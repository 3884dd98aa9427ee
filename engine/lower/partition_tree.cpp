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

bool leaves_partitioned_table(const QualifiedName& name, const Context& context) {
  const Table* before = context.from.table(name);
  const Table* after = context.to.table(name);
  return before && after && !before->partition_of.empty() &&
         before->partition_of != after->partition_of && !context.goes_away(before->id);
}

bool joins_partitioned_table(const QualifiedName& name, const Context& context) {
  const Table* before = context.from.table(name);
  const Table* after = context.to.table(name);
  return before && after && !after->partition_of.empty() &&
         before->partition_of != after->partition_of && !context.goes_away(before->id);
}

std::vector<const Table*> tables_with_rows(const QualifiedName& name, const Context& context) {
  const Table& table = *context.from.table(name);
  if (table.partition_key.strategy.empty()) return {&table};
  std::vector<const Table*> found;
  for (const Table* part : all_below(table, context.old_heirs)) {
    if (part->partition_key.strategy.empty() &&
        !leaves_partitioned_table({part->id.schema, part->id.name}, context))
      found.push_back(part);
  }
  return found;
}

}  // namespace schemadiff::engine
