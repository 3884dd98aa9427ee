#include "parser/table_renames.h"

#include "parser/renaming.h"

namespace schemadiff::parser {

using namespace schema;

namespace {

// "name" is in the schema of the table that has the hint.
QualifiedName name_in(const std::string& value, const std::string& schema) {
  const auto dot = value.find('.');
  if (dot == std::string::npos) return {schema, value};
  return {value.substr(0, dot), value.substr(dot + 1)};
}

// What the renaming of a table looks up.
void register_table(Builder& builder, Table& table) {
  Catalog& catalog = builder.catalog;
  auto& indexes = builder.attached[&table].indexes;
  for (auto& [id, index] : catalog.indexes)
    if (index.table == name_of(table)) indexes.push_back(&index);
  for (auto& [id, constraint] : catalog.constraints)
    if (id.schema == table.id.schema && id.parent == table.id.name && constraint.has_index())
      indexes.push_back(&constraint);
  for (auto& [id, sequence] : catalog.sequences)
    if (sequence.owned_by.table == name_of(table))
      builder.relations[name_of(id)] = {RelationKind::Sequence, &sequence};
}

// "users_id_seq" → "accounts_id_seq"; empty: it is not called after the table.
std::string called_after(const std::string& name, const RenamedTable& renamed) {
  const std::string prefix = renamed.before.name + '_';
  if (renamed.before.name == renamed.after.name || !name.starts_with(prefix)) return {};
  return renamed.after.name + '_' + name.substr(prefix.size());
}

void follow_identities(Table& table, const Table& wanted, RenamedTable& renamed) {
  for (Column& column : table.columns) {
    const Column* other = wanted.find(column.name);
    if (!column.identity || !other || !other->identity) continue;
    const std::string name = called_after(column.identity_sequence->name, renamed);
    if (name.empty() || other->identity_sequence->name != name) continue;
    renamed.parts.push_back({Kind::Sequence, column.identity_sequence->name, name});
    column.identity_sequence = QualifiedName{column.identity_sequence->schema, name};
  }
}

// Those that `to` has under the new name and `from` has not.
template <class Map, class Belongs, class Rename>
void follow_parts(Map& map, const Map& wanted, RenamedTable& renamed, Belongs belongs,
                  Rename rename) {
  std::vector<std::pair<ObjectId, std::string>> found;
  for (const auto& [id, object] : map) {
    if (!belongs(object)) continue;
    ObjectId fresh = id;
    fresh.name = called_after(id.name, renamed);
    if (!fresh.name.empty() && wanted.contains(fresh) && !map.contains(fresh))
      found.emplace_back(id, fresh.name);
  }
  for (const auto& [id, name] : found) {
    renamed.parts.push_back({id.kind, id.name, name});
    rename(map.at(id), name);
  }
}

void follow(Builder& builder, const Catalog& to, RenamedTable& renamed) {
  Catalog& catalog = builder.catalog;
  Table& table =
      catalog.tables.at({Kind::Table, renamed.before.schema, {}, renamed.before.name, {}});
  register_table(builder, table);
  rename_relation(builder, {RelationKind::Table, &table}, renamed.after);
  const QualifiedName& name = renamed.after;
  follow_parts(
      catalog.constraints, to.constraints, renamed,
      [&](const Constraint& c) { return c.id.schema == name.schema && c.id.parent == name.name; },
      [&](Constraint& c, const std::string& to_name) { rename_constraint(builder, c, to_name); });
  follow_parts(
      catalog.indexes, to.indexes, renamed, [&](const Index& index) { return index.table == name; },
      [&](Index& index, const std::string& to_name) {
        rename_relation(builder, {RelationKind::Index, &index}, {name.schema, to_name});
      });
  follow_parts(
      catalog.sequences, to.sequences, renamed,
      [&](const Sequence& sequence) { return sequence.owned_by.table == name; },
      [&](Sequence& sequence, const std::string& to_name) {
        rename_relation(builder, {RelationKind::Sequence, &sequence}, {name.schema, to_name});
      });
  follow_identities(table, *to.table(name), renamed);
}

}  // namespace

std::vector<RenamedTable> follow_table_renames(Catalog& from, const Catalog& to) {
  std::vector<RenamedTable> renames;
  for (const auto& [id, hints] : to.hints) {
    const Hint* hint = id.kind == Kind::Table ? to.hint(id, "renamed_from") : nullptr;
    if (!hint) continue;
    const QualifiedName before = name_in(hint->value, id.schema), after{id.schema, id.name};
    if (from.table(before) && !from.table(after) && !to.table(before))
      renames.push_back({before, after, {}, hint->span});
  }
  if (renames.empty()) return renames;
  Builder builder;
  builder.catalog = std::move(from);
  for (RenamedTable& renamed : renames) follow(builder, to, renamed);
  from = std::move(builder.catalog);
  return renames;
}

}  // namespace schemadiff::parser
