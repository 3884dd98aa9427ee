// Decides which indexes partitions get.
#include "parser/indexes.h"

#include <algorithm>

#include "schema/object_names.h"
#include "schema/owner.h"

namespace schemadiff::parser {
namespace {

using schema::Constraint;
using schema::Index;
using schema::Kind;
using schema::Object;
using schema::QualifiedName;
using schema::Table;

// What a unique constraint indexes is what a plain unique index on its columns does.
bool equivalent(const Index& index, const Constraint& key) {
  if (!index.unique || (key.contype != 'p' && key.contype != 'u') || !index.predicate.empty() ||
      index.include != key.include || index.nulls_not_distinct != key.nulls_not_distinct)
    return false;
  return std::equal(index.elements.begin(), index.elements.end(), key.columns.begin(),
                    key.columns.end(), [](const auto& element, const std::string& column) {
                      return element.column == column && element.collation.empty() &&
                             element.opclass.empty();
                    });
}

// Not the order, which CompareIndexInfo does not look at.
bool same_elements(const std::vector<schema::IndexElement>& a,
                   const std::vector<schema::IndexElement>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.column == y.column && x.expression == y.expression && x.collation == y.collation &&
           x.opclass == y.opclass && x.op == y.op;
  });
}

// CompareIndexInfo: what they index, not how they store it. A constraint's index may stand under a
// plain one, not the other way round; a primary key and a unique constraint may stand under each
// other (from version 17 on no longer where a table with its keys is attached).
bool equivalent(const Object& a, const Object& b) {
  if (a.id.kind == Kind::Index && b.id.kind == Kind::Constraint)
    return equivalent(static_cast<const Index&>(a), static_cast<const Constraint&>(b));
  if (a.id.kind != b.id.kind) return false;
  if (a.id.kind == Kind::Index) {
    const auto &x = static_cast<const Index&>(a), &y = static_cast<const Index&>(b);
    return x.method == y.method && x.unique == y.unique && same_elements(x.elements, y.elements) &&
           x.include == y.include && x.predicate == y.predicate &&
           x.nulls_not_distinct == y.nulls_not_distinct;
  }
  const auto &x = static_cast<const Constraint&>(a), &y = static_cast<const Constraint&>(b);
  return (x.contype == 'x') == (y.contype == 'x') && x.columns == y.columns &&
         x.include == y.include && x.method == y.method && x.elements == y.elements &&
         x.predicate == y.predicate && x.nulls_not_distinct == y.nulls_not_distinct;
}

// Kept only where elements are expressions; columns are called as they are.
std::vector<std::string> column_names_of(const Builder& builder, const Object& index) {
  const auto found = builder.index_columns.find(&index);
  if (found != builder.index_columns.end()) return found->second;
  std::vector<std::string> names;
  const auto add_all = [&](const std::vector<std::string>& more) {
    names.insert(names.end(), more.begin(), more.end());
  };
  const auto add_elements = [&](const std::vector<schema::IndexElement>& elements) {
    for (const auto& element : elements) names.push_back(element.column);
  };
  if (index.id.kind == Kind::Index) {
    add_elements(static_cast<const Index&>(index).elements);
    add_all(static_cast<const Index&>(index).include);
  } else {
    add_all(static_cast<const Constraint&>(index).columns);
    add_elements(static_cast<const Constraint&>(index).elements);
    add_all(static_cast<const Constraint&>(index).include);
  }
  return schema::unique_column_names(names);
}

bool has_expression(const std::vector<schema::IndexElement>& elements) {
  return std::any_of(elements.begin(), elements.end(),
                     [](const auto& element) { return element.column.empty(); });
}

void carry_one(Builder& builder, const Object& index, Table& partition) {
  if (index.id.kind == Kind::Constraint &&
      !schema::has_parts(static_cast<const Constraint&>(index)))
    return;
  const QualifiedName name = name_of(index);
  for (Object* candidate : builder.attached[&partition].indexes) {
    if (*parent_index_of(*candidate) == name) return;
  }
  for (Object* candidate : builder.attached[&partition].indexes) {
    if (!parent_index_of(*candidate).empty() || !equivalent(index, *candidate)) continue;
    parent_index_of(*candidate) = name;
    return;
  }
  Object& copy = copy_index(builder, index, partition, true);
  carry_to_partitions(builder, partition, copy);
}

}  // namespace

schema::Rare<QualifiedName>& parent_index_of(Object& index) {
  return index.id.kind == Kind::Index ? static_cast<Index&>(index).parent_index
                                      : static_cast<Constraint&>(index).parent_index;
}

Index& add_index(Builder& builder, Index index, std::vector<std::string> column_names) {
  const Relation& on = builder.relation(index.table, "relation");
  index.id.schema = on.object->id.schema;
  index.table = name_of(*on.object);
  Object* table = on.object;
  Index& added = builder.add(std::move(index));
  builder.enter_relation(added, RelationKind::Index, name_of(added));
  builder.attached[table].indexes.push_back(&added);
  if (has_expression(added.elements)) builder.index_columns[&added] = std::move(column_names);
  return added;
}

Constraint& add_key(Builder& builder, Constraint key, std::vector<std::string> column_names) {
  Object* table = builder.relation({key.id.schema, key.id.parent}, "table").object;
  Constraint& added = builder.add(std::move(key));
  builder.enter_relation(added, RelationKind::ConstraintIndex, name_of(added));
  builder.note_constraint(added.id.schema, added.id.name);
  builder.attached[table].indexes.push_back(&added);
  if (has_expression(added.elements)) builder.index_columns[&added] = std::move(column_names);
  return added;
}

void set_key_not_null(Builder& builder, Table& table, const Constraint& key) {
  if (key.contype != 'p') return;
  for (const std::string& name : key.columns) {
    if (schema::Column* column = table.find(name)) column->not_null = true;
  }
  const auto found = builder.attached.find(&table);
  if (found == builder.attached.end()) return;
  for (Table* child : found->second.children) set_key_not_null(builder, *child, key);
}

std::string choose_index_name(const Builder& builder, const QualifiedName& table, char contype,
                              const std::vector<std::string>& column_names) {
  if (contype == 'p') {
    return builder.choose_relation_name(table.name, {}, "pkey", table.schema, true);
  }
  const std::string columns = schema::join_names(column_names);
  const std::string_view label = contype == 'x' ? "excl" : contype == 'u' ? "key" : "idx";
  return builder.choose_relation_name(table.name, columns, label, table.schema, contype != 0);
}

Object& copy_index(Builder& builder, const Object& index, Table& table, bool keep_parent) {
  const std::vector<std::string> names = column_names_of(builder, index);
  if (index.id.kind == Kind::Index) {
    Index copy = static_cast<const Index&>(index);
    copy.table = name_of(table);
    copy.id = {
        Kind::Index, table.id.schema, {}, choose_index_name(builder, copy.table, 0, names), {}};
    copy.parent_index = keep_parent ? name_of(index) : QualifiedName{};
    copy.comment.clear();
    copy.clustered = false;
    copy.valid = true;
    for (auto& element : copy.elements) element.statistics = -1;
    copy.span = table.span;
    return add_index(builder, std::move(copy), names);
  }
  Constraint copy = static_cast<const Constraint&>(index);
  copy.id = {Kind::Constraint,
             table.id.schema,
             table.id.name,
             choose_index_name(builder, name_of(table), copy.contype, names),
             {}};
  copy.parent_index = keep_parent ? name_of(index) : QualifiedName{};
  copy.comment.clear();
  copy.clustered = false;
  copy.span = table.span;
  set_key_not_null(builder, table, copy);
  return add_key(builder, std::move(copy), names);
}

void carry_to_partitions(Builder& builder, const Table& parent, const Object& index) {
  if (parent.partition_key.strategy.empty()) return;
  const auto found = builder.attached.find(&parent);
  if (found == builder.attached.end()) return;
  const std::vector<Table*> partitions = found->second.children;
  for (Table* partition : partitions) carry_one(builder, index, *partition);
}

void carry_indexes_to(Builder& builder, const Table& parent, Table& partition) {
  const auto found = builder.attached.find(&parent);
  if (found == builder.attached.end()) return;
  const std::vector<Object*> indexes = found->second.indexes;
  for (const Object* index : indexes) carry_one(builder, *index, partition);
}

}  // namespace schemadiff::parser
