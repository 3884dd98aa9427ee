#include "schema/owner.h"

#include <algorithm>

namespace schemadiff::schema {

QualifiedName owner_of(const Object& object) {
  if (!object.id.parent.empty()) return {object.id.schema, object.id.parent};
  if (object.id.kind == Kind::Index) return static_cast<const Index&>(object).table;
  if (object.id.kind == Kind::Statistics) return static_cast<const Statistics&>(object).table;
  if (object.id.kind == Kind::Sequence) return static_cast<const Sequence&>(object).owned_by.table;
  return {};
}

QualifiedName parent_index_of(const Object& object) {
  if (object.id.kind == Kind::Index) return static_cast<const Index&>(object).parent_index;
  if (object.id.kind == Kind::Constraint)
    return static_cast<const Constraint&>(object).parent_index;
  return {};
}

std::vector<ObjectId> parent_index_ids(const Object& object, const Catalog& catalog) {
  const QualifiedName index = parent_index_of(object);
  if (index.empty()) return {};
  std::vector<ObjectId> ids{{Kind::Index, index.schema, {}, index.name, {}}};
  if (const Table* table = catalog.table(owner_of(object)); table && !table->partition_of.empty())
    ids.push_back(
        {Kind::Constraint, table->partition_of.schema, table->partition_of.name, index.name, {}});
  return ids;
}

const Constraint* check_above(const Table& partition, const std::string& name,
                              const Catalog& catalog) {
  const Table* table = &partition;
  while (!table->partition_of.empty()) {
    const QualifiedName& above = table->partition_of;
    const auto found =
        catalog.constraints.find({Kind::Constraint, above.schema, above.name, name, {}});
    if (found != catalog.constraints.end() && found->second.contype == 'c' &&
        !found->second.no_inherit)
      return &found->second;
    table = catalog.table(above);
    if (!table) break;
  }
  return nullptr;
}

bool holds_in(const Table& partition, const Constraint& check) {
  return check.validated || std::ranges::binary_search(partition.valid_checks, check.id.name);
}

bool same_foreign_key(const Constraint& a, const Constraint& b) {
  return a.referenced_table == b.referenced_table && a.columns == b.columns &&
         a.referenced_columns == b.referenced_columns && a.match == b.match &&
         a.on_update == b.on_update && a.on_delete == b.on_delete && a.deferrable == b.deferrable &&
         a.initially_deferred == b.initially_deferred;
}

bool has_parts(const Constraint& constraint) {
  return constraint.contype == 'p' || constraint.contype == 'u';
}

}  // namespace schemadiff::schema
