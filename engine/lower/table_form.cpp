#include "engine/lower/table_form.h"

#include <algorithm>

#include "engine/lower/partition.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

using Rename = std::string (*)(std::string_view);

class Builder {
 public:
  Builder(const Table& table, const Heirs& heirs, const Catalog& catalog, Rename rename)
      : table_(table), rename_(rename) {
    form_.name = {table.id.schema, rename(table.id.name)};
    form_.catalog.server_version = catalog.server_version;
    for (const Table* part : with_all_below(table, heirs)) {
      names_.push_back(name_of(*part));
      add(*part);
    }
    for (const auto& [id, constraint] : catalog.constraints)
      if (is_table(table_name(id)) && constraint.has_index()) rename_index(id);
    for (const auto& [id, index] : catalog.indexes)
      if (is_table(index.table)) rename_index(id);
    for (const auto& [id, constraint] : catalog.constraints)
      if (is_ours(table_name(id))) add(constraint);
    for (const auto& [id, index] : catalog.indexes)
      if (is_ours(index.table)) add(index);
  }

  template <class T>
  void add_children(const ObjectMap<T>& objects) {
    for (const auto& [id, object] : objects)
      if (is_ours(table_name(id))) add_renamed(object);
  }

  TableForm take() { return std::move(form_); }

 private:
  bool is_ours(const QualifiedName& table) const {
    return std::find(names_.begin(), names_.end(), table) != names_.end();
  }
  bool is_table(const QualifiedName& name) const { return name == name_of(table_); }

  // Of something that stands on the table.
  void follow(ObjectId& id) const {
    if (id.kind == Kind::Table && is_table({id.schema, id.name})) id.name = form_.name.name;
    if (!id.parent.empty() && is_table(table_name(id))) id.parent = form_.name.name;
  }
  void follow(std::vector<ObjectId>& refs) const {
    for (ObjectId& ref : refs) follow(ref);
    std::sort(refs.begin(), refs.end());
  }

  // Indexes of the table itself: their names are taken.
  void rename_index(const ObjectId& id) {
    form_.indexes.emplace_back(QualifiedName{id.schema, rename_(id.name)}, id.name);
  }
  QualifiedName index_name(const QualifiedName& index) const {
    for (const auto& [name, own] : form_.indexes)
      if (index.name == own && index.schema == name.schema) return name;
    return index;
  }

  void add(Table table) {
    follow(table.id);
    follow(table.refs);
    for (Column& column : table.columns) follow(column.default_refs);
    if (is_table(table.partition_of)) table.partition_of = form_.name;
    form_.catalog.tables.emplace(table.id, std::move(table));
  }
  void add(Constraint constraint) {
    if (constraint.has_index())
      constraint.id.name = index_name({constraint.id.schema, constraint.id.name}).name;
    constraint.parent_index = index_name(constraint.parent_index);
    add_renamed(std::move(constraint));
  }
  void add(Index index) {
    index.id.name = index_name({index.id.schema, index.id.name}).name;
    index.parent_index = index_name(index.parent_index);
    if (is_table(index.table)) index.table = form_.name;
    add_renamed(std::move(index));
  }
  template <class T>
  void add_renamed(T object) {
    follow(object.id);
    follow(object.refs);
    map_of<T>(form_.catalog).emplace(object.id, std::move(object));
  }

  const Table& table_;
  Rename rename_;
  std::vector<QualifiedName> names_;
  TableForm form_;
};

// From version 18 on NOT NULL has a name, which follows from that of the table.
void name_not_nulls(Table& form, const ObjectId& own) {
  for (Column& column : form.columns)
    if (column.not_null && column.not_null_name.empty())
      column.not_null_name = default_not_null_name(own.name, column.name);
}

Catalog nothing(const Context& context) {
  Catalog catalog;
  catalog.server_version = context.from.server_version;
  catalog.default_privileges = context.from.default_privileges;
  return catalog;
}

}  // namespace

TableForm set_aside(const Table& before, const Context& context) {
  Builder builder(before, context.old_heirs, context.from, old_type_name);
  builder.add_children(context.from.triggers);
  builder.add_children(context.from.policies);
  builder.add_children(context.from.rules);
  TableForm form = builder.take();
  Table& table = *form.catalog.table(form.name);
  for (Column& column : table.columns)
    if (column.identity != '\0') {
      QualifiedName sequence = *column.identity_sequence;
      sequence.name = old_type_name(sequence.name);
      column.identity_sequence = sequence;
    }
  return form;
}

TableForm to_be_filled(const Table& after, const Context& context) {
  TableForm form = Builder(after, context.heirs, context.to, temporary_name).take();
  const Table& before = *context.from.table({after.id.schema, after.id.name});
  for (auto& [id, table] : form.catalog.tables) {
    if (table.owner.empty()) table.owner = before.owner;
    if (context.from.server_version >= 18 && id.name == form.name.name)
      name_not_nulls(table, after.id);
  }
  Table& table = *form.catalog.table(form.name);
  table.acl = default_acl(Kind::Table);
  table.column_acls.clear();
  table.force_row_security = false;
  for (Column& column : table.columns) {
    column.acl.clear();
    column.identity = '\0';
    column.identity_sequence = QualifiedName{};
    column.identity_options = SequenceOptions{};
    column.identity_acl.clear();
    column.identity_comment.clear();
  }
  return form;
}

Statements create_sql(const TableForm& form, const Context& context) {
  const Catalog before = nothing(context);
  const Plan made = plan(before, form.catalog, diff::compare(before, form.catalog));
  Statements sql;
  for (const Step& step : made.steps) append(sql, step.sql);
  return sql;
}

bool is_there(const TableForm& form, const Context& context) {
  const Table* found = context.from.table(form.name);
  if (!found) return false;
  const auto same_name = [](std::string_view name) { return std::string(name); };
  const TableForm there = Builder(*found, context.old_heirs, context.from, same_name).take();
  return diff::compare(there.catalog, form.catalog, {false, false}).empty();
}

}  // namespace schemadiff::engine
