// ATTACH and DETACH.
#include "parser/partitions.h"

#include <algorithm>

#include "parser/indexes.h"
#include "parser/statements/table_parts.h"
#include "parser/syntax/raw.h"
#include "parser/trigger_states.h"
#include "schema/owner.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Constraint;
using schema::Kind;
using schema::Table;

// What a table hands down: its own checks and foreign keys, and those that it has from above.
std::vector<Constraint> heritage(Builder& builder, const Table& table) {
  std::vector<Constraint> constraints;
  if (!table.partition_of.empty()) {
    constraints = heritage(builder, builder.table(table.partition_of));
  }
  for_each_constraint(builder, table, [&](const Constraint& constraint) {
    if (!constraint.has_index() && !constraint.no_inherit) constraints.push_back(constraint);
  });
  return constraints;
}

// What a partition has from above is not its own any more; the same for its partitions.
void drop_inherited_constraints(Builder& builder, const std::vector<Constraint>& inherited,
                                const Table& partition) {
  std::vector<schema::ObjectId> dropped;
  for_each_constraint(builder, partition, [&](const Constraint& own) {
    for (const Constraint& theirs : inherited) {
      const bool same = own.contype == theirs.contype &&
                        (own.contype == 'c' ? own.id.name == theirs.id.name
                                            : schema::same_foreign_key(own, theirs));
      if (!same) continue;
      dropped.push_back(own.id);
      return;
    }
  });
  for (const auto& id : dropped) {
    builder.forget_constraint(id.schema, id.name);
    builder.catalog.constraints.erase(id);
  }
  for (const Table* part : builder.attached[&partition].children) {
    drop_inherited_constraints(builder, inherited, *part);
  }
}

// An index made ON ONLY a partitioned table is valid when each partition has its part.
void validate(Builder& builder, schema::Index& index) {
  if (index.valid) return;
  const Table& table = builder.table(index.table);
  const std::vector<Table*>& partitions = builder.attached[&table].children;
  index.valid = std::all_of(partitions.begin(), partitions.end(), [&](const Table* partition) {
    const auto& own = builder.attached[partition].indexes;
    return std::any_of(own.begin(), own.end(), [&](schema::Object* object) {
      return *parent_index_of(*object) == name_of(index) &&
             (object->id.kind != Kind::Index || static_cast<schema::Index*>(object)->valid);
    });
  });
  if (index.valid && !index.parent_index.empty()) {
    schema::Object& above = *builder.relation(index.parent_index, "index").object;
    if (above.id.kind == Kind::Index) validate(builder, static_cast<schema::Index&>(above));
  }
}

schema::Object& index_object(Builder& builder, const schema::QualifiedName& written) {
  const Relation& found = builder.relation(written, "index");
  if (found.kind != RelationKind::Index && found.kind != RelationKind::ConstraintIndex) {
    throw Error(schema::quote_qualified(written) + " is not an index");
  }
  return *found.object;
}

bool is_below(Builder& builder, const Table& table, const Table& above) {
  const std::vector<Table*>& children = builder.attached[&above].children;
  return std::any_of(children.begin(), children.end(), [&](const Table* child) {
    return child == &table || is_below(builder, table, *child);
  });
}

}  // namespace

void check_inheritance(Builder& builder, const Table& parent, const Table& child) {
  if (!child.partition_of.empty())
    throw Error(schema::describe(child.id) + " is a partition already");
  if (&parent == &child || is_below(builder, parent, child))
    throw Error(schema::describe(child.id) + " cannot come under " + schema::describe(parent.id) +
                ": that would be a circle");
  const std::vector<Table*>& children = builder.attached[&parent].children;
  if (std::find(children.begin(), children.end(), &child) != children.end())
    throw Error(schema::describe(child.id) + " inherits from " + schema::describe(parent.id) +
                " already");
}

schema::Expr read_bound(const Builder&, const Table&, const void* bound) {
  schema::Expr expr;
  expr.sql = text_of(bound);
  return expr;
}

void attach_partition(Builder& builder, Table& parent, Table& partition, schema::Expr bound) {
  check_inheritance(builder, parent, partition);
  partition.partition_of = name_of(parent);
  partition.bound = std::move(bound);
  for (schema::Column& column : partition.columns) column.local = false;
  builder.attached[&parent].children.push_back(&partition);
  drop_inherited_constraints(builder, heritage(builder, parent), partition);
  carry_indexes_to(builder, parent, partition);
  clone_trigger_states(builder, parent, partition);
}

void detach_partition(Builder& builder, Table& parent, Table& partition) {
  forget_trigger_states(builder, partition);
  std::erase(builder.attached[&parent].children, &partition);
  partition.partition_of = {};
  partition.bound = {};
  for (schema::Column& column : partition.columns) column.local = true;
  for (schema::Object* index : builder.attached[&partition].indexes)
    parent_index_of(*index).clear();
  std::vector<Constraint> inherited = heritage(builder, parent);
  for (Constraint& constraint : inherited) {
    constraint.id.schema = partition.id.schema;
    constraint.id.parent = partition.id.name;
    constraint.comment.clear();
    builder.note_constraint(constraint.id.schema, constraint.id.name);
    builder.add(std::move(constraint));
  }
}

void attach_index(Builder& builder, const schema::QualifiedName& parent,
                  const schema::QualifiedName& partition) {
  schema::Object& above = index_object(builder, parent);
  schema::Object& part = index_object(builder, partition);
  const Table& table = builder.table(owner_of(part));
  if (table.partition_of != owner_of(above) || table.partition_of.empty())
    throw Missing(schema::describe(part.id) + " is not an index of a partition of " +
                  schema::quote_qualified(owner_of(above)));
  parent_index_of(part) = name_of(above);
  if (above.id.kind == Kind::Index) validate(builder, static_cast<schema::Index&>(above));
}

}  // namespace schemadiff::parser
