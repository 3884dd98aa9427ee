// Decides how base types are altered, and in which pieces types come that are made of functions:
// the shell, the functions, which take or return the type, and its definition.
#include <algorithm>

#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

bool refers_to(const Object& object, const ObjectId& id) {
  return std::binary_search(object.refs.begin(), object.refs.end(), id);
}

// Columns keep the storage that their type had when they were made; those that say none of their
// own follow it.
void follow_storage(const BaseType& before, const BaseType& after, const Context& context,
                    Operations& operations) {
  const std::string name = sql_name(after.id);
  const auto follows = [&](const Column* column) {
    return column && column->type.sql == name && column->storage.empty();
  };
  const auto storage = [](const ObjectId& column, const BaseType& type) {
    return alter_column(column, "SET STORAGE " + std::string(storage_word(type.storage)), true);
  };
  for (const auto& [id, table] : context.to.tables) {
    const Table* old = context.from.table({id.schema, id.name});
    if (!old || context.goes_away(id)) continue;
    for (const Column& column : table.columns) {
      if (!follows(&column) || !follows(old->find(column.name))) continue;
      const ObjectId column_id{Kind::Column, id.schema, id.name, column.name, {}};
      Operation operation = make(Role::Detail, after, Phase::Expand,
                                 "The column shall be stored as its type is now.");
      operation.op = Op::SetStorage;
      operation.relations = {sql_name(id)};
      operation.sql = {storage(column_id, after)};
      operation.undo = {storage(column_id, before)};
      operations.push_back(std::move(operation));
    }
  }
}

}  // namespace

void make_shell(const Object& type, Operations& operations) {
  Operation shell = make(Role::Make, type, Phase::Expand,
                         "The type's functions need its name before its definition.");
  shell.refs = {{Kind::Schema, {}, {}, type.id.schema, {}}};
  shell.sql = {shell_sql(type.id)};
  shell.undo_note = "It goes away with the type.";
  operations.push_back(std::move(shell));
}

const Object* type_made_of(const Object& routine, const Catalog& catalog) {
  if (routine.id.kind != Kind::Routine) return nullptr;
  for (const ObjectId& ref : routine.refs) {
    if (ref.kind != Kind::BaseType && ref.kind != Kind::Range) continue;
    const Object* type = catalog.find(ref);
    if (type && has_shell(*type) && refers_to(*type, routine.id)) return type;
  }
  return nullptr;
}

Statements create_with_functions(const Object& type, const Catalog& catalog) {
  Statements sql{shell_sql(type.id)};
  for (const ObjectId& ref : type.refs) {
    const auto routine = catalog.routines.find(ref);
    if (routine != catalog.routines.end() && type_made_of(routine->second, catalog) == &type)
      append(sql, full_create(routine->second, catalog, catalog));
  }
  append(sql, type.id.kind == Kind::Range
                  ? full_create(static_cast<const Range&>(type), catalog, catalog)
                  : full_create(static_cast<const BaseType&>(type), catalog, catalog));
  return sql;
}

void lower_alter(const BaseType& before, const BaseType& after, const diff::Change&,
                 const Context& context, Operations& operations) {
  const bool defines = !before.defined && after.defined;
  const Statements sql = defines ? create_sql(after) : alter_base_type_sql(before, after);
  if (sql.empty()) return;
  Operation operation =
      make(Role::Alter, after, Phase::Expand,
           defines ? "The type is no longer a shell." : "The definition differs.");
  operation.op = Op::AlterBaseType;
  operation.releases = before.refs;
  operation.sql = sql;
  operation.undo = alter_base_type_sql(after, before);
  if (defines)
    set_irreversible(operation, "A type cannot become a shell again.");
  else if (before.storage == 'p' && after.storage != 'p')
    set_irreversible(operation, "A type's storage cannot become plain again.");
  operations.push_back(std::move(operation));
  if (before.defined && before.storage != after.storage)
    follow_storage(before, after, context, operations);
}

}  // namespace schemadiff::engine
