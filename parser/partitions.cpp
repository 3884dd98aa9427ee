// ATTACH and DETACH.
#include "parser/partitions.h"

#include <algorithm>

#include "parser/indexes.h"
#include "parser/statements/table_parts.h"
#include "parser/syntax/raw.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Constraint;
using schema::Kind;
using schema::Table;

bool same_foreign_key(const Constraint& a, const Constraint& b) {
  return a.referenced_table == b.referenced_table && a.columns == b.columns &&
         a.referenced_columns == b.referenced_columns && a.match == b.match &&
         a.on_update == b.on_update && a.on_delete == b.on_delete &&
         a.deferrable == b.deferrable && a.initially_deferred == b.initially_deferred;
}

// What a partition has from its parent is not its own any more.
void drop_inherited_constraints(Builder& builder, const Table& parent, const Table& partition) {
  std::vector<Constraint> inherited;
  for_each_constraint(builder, parent, [&](const Constraint& constraint) {
    if (!constraint.has_index()) inherited.push_back(constraint);
  });
  std::vector<schema::ObjectId> dropped;
  for_each_constraint(builder, partition, [&](const Constraint& own) {
    for (const Constraint& theirs : inherited) {
      const bool same = own.contype == theirs.contype &&
                        (own.contype == 'c' ? own.id.name == theirs.id.name
                                            : same_foreign_key(own, theirs));
      if (!same) continue;
      dropped.push_back(own.id);
      return;
    }
  });
  for (const auto& id : dropped) {
    builder.forget_constraint(id.schema, id.name);
    builder.catalog.constraints.erase(id);
  }
}

schema::QualifiedName& parent_of(schema::Object& object) {
  return object.id.kind == Kind::Index ? static_cast<schema::Index&>(object).parent_index
                                       : static_cast<Constraint&>(object).parent_index;
}

schema::Object& index_object(Builder& builder, const schema::QualifiedName& written) {
  const Relation& found = builder.relation(written, "index");
  if (found.kind != RelationKind::Index && found.kind != RelationKind::ConstraintIndex) {
    throw Error(schema::quote_qualified(written) + " is not an index");
  }
  return *found.object;
}

}  // namespace

schema::Expr read_bound(const Builder&, const Table&, const void* bound) {
  schema::Expr expr;
  expr.sql = text_of(bound);
  return expr;
}

void attach_partition(Builder& builder, Table& parent, Table& partition, schema::Expr bound) {
  partition.partition_of = name_of(parent);
  partition.bound = std::move(bound);
  for (schema::Column& column : partition.columns) column.local = false;
  builder.attached[&parent].children.push_back(&partition);
  drop_inherited_constraints(builder, parent, partition);
  carry_indexes_to(builder, parent, partition);
}

void detach_partition(Builder& builder, Table& parent, Table& partition) {
  std::erase(builder.attached[&parent].children, &partition);
  partition.partition_of = {};
  partition.bound = {};
  for (schema::Column& column : partition.columns) column.local = true;
  for (schema::Object* index : builder.attached[&partition].indexes) parent_of(*index) = {};
  std::vector<Constraint> inherited;
  for_each_constraint(builder, parent, [&](const Constraint& constraint) {
    if (!constraint.has_index() && !constraint.no_inherit) inherited.push_back(constraint);
  });
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
  const schema::Object& above = index_object(builder, parent);
  parent_of(index_object(builder, partition)) = name_of(above);
}

}  // namespace schemadiff::parser
