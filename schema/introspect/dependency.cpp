// What definitions refer to, as the server keeps it.
#include <algorithm>
#include <optional>

#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

std::optional<Kind> relation_kind(char relkind) {
  switch (relkind) {
    case 'r':
    case 'p':
    case 'f':
      return Kind::Table;
    case 'v':
      return Kind::View;
    case 'm':
      return Kind::MaterializedView;
    case 'S':
      return Kind::Sequence;
    default:
      return std::nullopt;
  }
}

std::optional<Kind> type_kind(char typtype) {
  switch (typtype) {
    case 'e':
      return Kind::Enum;
    case 'd':
      return Kind::Domain;
    case 'c':
      return Kind::Composite;
    case 'r':
      return Kind::Range;
    default:
      return std::nullopt;
  }
}

std::optional<ObjectId> routine_id(const Reading& reading, Oid oid) {
  const auto found = reading.routines.find(oid);
  if (found == reading.routines.end()) return std::nullopt;
  ObjectId id = found->second.routine.id;
  if (found->second.routine.prokind == 'a') id.kind = Kind::Aggregate;
  return id;
}

std::optional<ObjectId> owner_id(const Reading& reading, const DependencyRow& row) {
  if (row.owner_kind == 'f') return routine_id(reading, row.owner);
  const RelationRow* relation = reading.relation(row.owner);
  if (!relation) return std::nullopt;
  switch (row.owner_kind) {
    case 'v':
      return object_id(relation->relkind == 'm' ? Kind::MaterializedView : Kind::View,
                       relation->name);
    case 'd':
      return child_id(Kind::Default, relation->name, row.part);
    case 'c':
      return child_id(Kind::Constraint, relation->name, row.part);
    case 'p':
      return child_id(Kind::Policy, relation->name, row.part);
    case 't':
      return child_id(Kind::Trigger, relation->name, row.part);
    case 'r':
      return child_id(Kind::Rule, relation->name, row.part);
    default:
      return object_id(Kind::Index, relation->name);
  }
}

void add_target(const Reading& reading, const DependencyRow& row, std::vector<ObjectId>& targets) {
  if (row.target.catalog == catalogs::kProc) {
    if (const auto id = routine_id(reading, row.target.object)) targets.push_back(*id);
  } else if (row.target.catalog == catalogs::kType) {
    const TypeRow& type = at(reading.types, row.target.object);
    if (const auto kind = type_kind(type.typtype)) targets.push_back(object_id(*kind, type.name));
  } else if (row.target.catalog == catalogs::kClass) {
    const RelationRow* relation = reading.relation(row.target.object);
    const auto kind = relation ? relation_kind(relation->relkind) : std::nullopt;
    if (!kind) return;
    targets.push_back(object_id(*kind, relation->name));
    if (const ColumnRow* column = reading.column(row.target.object, row.target.part))
      targets.push_back(child_id(Kind::Column, relation->name, column->column.name));
  }
}

}  // namespace

void read_dependencies(Rows& rows, Reading& reading) {
  while (rows.next()) {
    DependencyRow& row = reading.dependencies.emplace_back();
    row.owner_kind = rows.letter();
    row.owner = rows.oid();
    row.part = rows.text();
    row.target.catalog = rows.oid();
    row.target.object = rows.oid();
    row.target.part = rows.number();
  }
}

void add_dependencies(Reading& reading) {
  for (const DependencyRow& row : reading.dependencies)
    if (const auto owner = owner_id(reading, row))
      add_target(reading, row, reading.catalog.dependencies[*owner]);
}

}  // namespace schemadiff::schema::introspection
