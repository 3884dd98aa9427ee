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
using schema::QualifiedName;
using schema::Table;

// What a table hands down: its own checks and foreign keys, and those that it has from above.
std::vector<Constraint> heritage(Builder& builder, const Table& table) {
  std::vector<Constraint> constraints;
  if (!table.partition_of.empty())
    constraints = heritage(builder, builder.table(table.partition_of));
  for (const QualifiedName& parent : table.inherits)
    for (Constraint& constraint : heritage(builder, builder.table(parent)))
      if (constraint.contype == 'c') constraints.push_back(std::move(constraint));
  for_each_constraint(builder, table, [&](const Constraint& constraint) {
    if (!constraint.has_index() && !constraint.no_inherit) constraints.push_back(constraint);
  });
  return constraints;
}

void forget(Builder& builder, const schema::ObjectId& constraint) {
  builder.forget_constraint(constraint.schema, constraint.name);
  builder.catalog.constraints.erase(schema::ObjectId(constraint));
}

// What a partition has from above is not its own any more; the same for its partitions.
void drop_inherited_keys(Builder& builder, const std::vector<Constraint>& inherited,
                         const Table& partition) {
  std::vector<schema::ObjectId> dropped;
  for_each_constraint(builder, partition, [&](const Constraint& own) {
    if (std::ranges::any_of(inherited, [&](const Constraint& theirs) {
          return own.contype == 'f' && theirs.contype == 'f' &&
                 schema::same_foreign_key(own, theirs);
        }))
      dropped.push_back(own.id);
  });
  for (const auto& id : dropped) forget(builder, id);
  for (const Table* part : builder.attached[&partition].children)
    drop_inherited_keys(builder, inherited, *part);
}

void set_holds(Table& partition, const std::string& check, bool holds) {
  std::erase(partition.valid_checks, check);
  if (!holds) return;
  partition.valid_checks.push_back(check);
  std::ranges::sort(partition.valid_checks);
}

// `own_above`: whether a table between had a check of its own of that name; `holds`: whether that
// is known to hold.
void take_over(Builder& builder, const Constraint& check, Table& partition, bool own_above,
               bool holds) {
  const std::string& name = check.id.name;
  if (own_above) holds = holds || std::ranges::binary_search(partition.valid_checks, name);
  if (const Constraint* own = find_constraint(builder, partition, name)) {
    holds = own->validated;
    own_above = true;
    forget(builder, own->id);
  }
  set_holds(partition, name, holds && !check.validated);
  for (Table* part : builder.attached[&partition].children)
    take_over(builder, check, *part, own_above, holds);
}

// What a table had from above is its own from now on.
void keep_heritage(Builder& builder, std::vector<Constraint> inherited, const Table& table) {
  for (Constraint& constraint : inherited) {
    constraint.id.schema = table.id.schema;
    constraint.id.parent = table.id.name;
    constraint.comment.clear();
    if (constraint.contype == 'c') constraint.validated = holds_in(table, constraint);
    builder.note_constraint(constraint.id.schema, constraint.id.name);
    builder.add(std::move(constraint));
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

void hold_checks_above(Builder& builder, Table& partition) {
  for (const Table* above = &builder.table(partition.partition_of);;
       above = &builder.table(above->partition_of)) {
    for_each_constraint(builder, *above, [&](const Constraint& check) {
      if (check.contype == 'c' && !check.validated && !check.no_inherit)
        set_holds(partition, check.id.name, true);
    });
    if (above->partition_of.empty()) return;
  }
}

void hand_down(Builder& builder, const Constraint& check, const Table& table) {
  if (table.partition_key.strategy.empty()) return;
  for (Table* partition : builder.attached[&table].children)
    take_over(builder, check, *partition, false, false);
}

bool validate_check_above(Builder& builder, Table& partition, const std::string& check) {
  const Constraint* above = schema::check_above(partition, check, builder.catalog);
  if (!above) return false;
  set_holds(partition, check, true);
  for (Table* part : builder.attached[&partition].children)
    validate_check_above(builder, *part, check);
  return true;
}

void rename_below(Builder& builder, const Constraint& check, const std::string& to) {
  if (check.contype != 'c' || check.validated) return;
  for (auto& [id, table] : builder.catalog.tables) {
    if (!holds_in(table, check) ||
        schema::check_above(table, check.id.name, builder.catalog) != &check)
      continue;
    set_holds(table, check.id.name, false);
    set_holds(table, to, true);
  }
}

void finish_valid_checks(Builder& builder) {
  for (auto& entry : builder.catalog.tables) {
    Table& table = entry.second;
    std::erase_if(table.valid_checks, [&](const std::string& name) {
      const Constraint* check = schema::check_above(table, name, builder.catalog);
      return !check || check->validated;
    });
  }
}

void attach_partition(Builder& builder, Table& parent, Table& partition, schema::Expr bound) {
  check_inheritance(builder, parent, partition);
  partition.partition_of = name_of(parent);
  partition.bound = std::move(bound);
  for (schema::Column& column : partition.columns) column.local = false;
  builder.attached[&parent].children.push_back(&partition);
  const std::vector<Constraint> inherited = heritage(builder, parent);
  for (const Constraint& constraint : inherited)
    if (constraint.contype == 'c') take_over(builder, constraint, partition, false, false);
  drop_inherited_keys(builder, inherited, partition);
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
  keep_heritage(builder, heritage(builder, parent), partition);
}

void keep_checks(Builder& builder, const Table& parent, const Table& child) {
  std::vector<Constraint> inherited = heritage(builder, parent);
  const std::vector<Constraint> left = heritage(builder, child);
  std::erase_if(inherited, [&](const Constraint& constraint) {
    const std::string& name = constraint.id.name;
    return constraint.contype != 'c' || find_constraint(builder, child, name) ||
           std::ranges::any_of(left, [&](const Constraint& c) { return c.id.name == name; });
  });
  keep_heritage(builder, std::move(inherited), child);
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
