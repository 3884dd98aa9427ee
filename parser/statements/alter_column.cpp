// Changes of columns, carried to partitions and inheritors as the server does.
#include "parser/statements/alter_column.h"

#include <algorithm>

#include "parser/references.h"
#include "parser/removal.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/statements/table_parts.h"
#include "parser/type_names.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Column;
using schema::Table;

std::vector<Table*> children_of(const Builder& builder, const Table& table) {
  const auto found = builder.attached.find(&table);
  return found == builder.attached.end() ? std::vector<Table*>{} : found->second.children;
}

Column& require(Table& table, const std::string& name) {
  if (Column* column = table.find(name)) return *column;
  throw Missing("column \"" + name + "\" of table " + schema::quote_qualified(name_of(table)) +
                " does not exist");
}

void add_to_children(const Builder& builder, const Table& table, const Column& column) {
  for (Table* child : children_of(builder, table)) {
    if (Column* own = child->find(column.name)) {
      own->not_null = own->not_null || column.not_null;
      continue;
    }
    Column inherited = column;
    inherited.local = false;
    inherited.comment.clear();
    inherited.acl.clear();
    inherited.identity = '\0';
    inherited.identity_sequence.clear();
    inherited.identity_options.clear();
    inherited.identity_acl.clear();
    inherited.identity_comment.clear();
    child->columns.push_back(inherited);
    add_to_children(builder, *child, column);
  }
}

void add_column(Context& context, Table& table, const ::AlterTableCmd* command, bool recurse) {
  Builder& builder = context.builder;
  const auto* definition = as<::ColumnDef>(command->def);
  if (table.find(definition->colname)) {
    if (command->missing_ok) return;
    throw Error("column \"" + std::string(definition->colname) + "\" of table " +
                schema::quote_qualified(name_of(table)) + " already exists");
  }
  WrittenColumn written = read_column(context, table, definition);
  for (const auto& constraint : written.constraints) {  // before anything is changed
    if (is_foreign_key(constraint.node)) {
      builder.table(qualified(as<::Constraint>(constraint.node)->pktable));
    }
  }
  add_column_sequence(context, table, written.column, written.serial, written.identity);
  table.columns.push_back(written.column);
  if (written.identity) {
    builder.enter_relation(table, RelationKind::IdentitySequence, written.column.identity_sequence);
  }
  if (recurse) add_to_children(builder, table, written.column);
  try {
    for (const auto& constraint : written.constraints) {
      if (is_check(constraint.node)) add_check(context, table, constraint, true);
      if (is_index_constraint(constraint.node)) {
        add_index_constraint(context, table, constraint, recurse);
      }
      if (is_foreign_key(constraint.node)) add_foreign_key(context, table, constraint, true);
    }
  } catch (const Missing& missing) {  // the column is there already: no second try
    throw Error(missing.message, missing.hint);
  }
}

void drop_column(Context& context, Table& table, const std::string& name, bool recurse,
                 bool cascade) {
  remove_column(context.builder, table, name, cascade);
  if (!recurse) return;
  for (Table* child : children_of(context.builder, table)) {
    const Column* column = child->find(name);
    if (column && !column->local) drop_column(context, *child, name, true, cascade);
  }
}

// f(column) for the column and, `recurse`, for those of partitions and inheritors.
template <class F>
void for_each_heir(const Builder& builder, Table& table, const std::string& name, bool recurse,
                   F&& f) {
  f(require(table, name));
  if (!recurse) return;
  for (Table* child : children_of(builder, table)) {
    if (child->find(name)) for_each_heir(builder, *child, name, true, f);
  }
}

std::string_view storage_word(std::string_view word) {
  for (const std::string_view known : {"plain", "external", "extended", "main"})
    if (lower(word) == known) return known;
  return {};
}

// What a table's and a materialized view's column have alike.
template <class C>
void alter_setting(C& column, const ::AlterTableCmd* command) {
  switch (command->subtype) {
    case AT_SetStatistics:
      column.statistics = as<::Integer>(command->def)->ival;
      return;
    case AT_SetOptions:
      set_options(column.options.edit(), as<::List>(command->def));
      return;
    case AT_ResetOptions:
      reset_options(column.options.edit(), as<::List>(command->def));
      return;
    case AT_SetStorage: {
      const std::string_view storage = storage_word(as<::String>(command->def)->sval);
      if (storage.empty())
        throw Error("invalid storage type \"" + string_of(as<::String>(command->def)) + "\"");
      column.storage = std::string(storage);
      return;
    }
    case AT_SetCompression:
      column.compression = as<::String>(command->def)->sval;
      if (*column.compression == "default") column.compression.clear();
      return;
    default:
      return;
  }
}

void set_type(Context& context, Table& table, const ::AlterTableCmd* command, bool recurse) {
  const auto* definition = as<::ColumnDef>(command->def);
  const ResolvedType type = resolve_type(context.builder, definition->typeName);
  const auto collation = written_collation(context.builder, definition->collClause, type);
  for_each_heir(context.builder, table, command->name, recurse, [&](Column& column) {
    column.type.sql = type.sql;
    column.collation = collation;
    column.storage.clear();
    column.compression.clear();
    if (column.identity) retype_sequence(column.identity_options.edit(), type.sql);
  });
}

void set_identity(Context& context, Table& table, const ::AlterTableCmd* command) {
  Builder& builder = context.builder;
  Column& column = require(table, command->name);
  if (command->subtype == AT_AddIdentity) {
    add_column_sequence(context, table, column, false, command->def);
    builder.enter_relation(table, RelationKind::IdentitySequence, column.identity_sequence);
  } else if (command->subtype == AT_DropIdentity) {
    if (!column.identity && command->missing_ok) return;
    builder.relations.erase(column.identity_sequence);
    column.identity = '\0';
    column.identity_sequence.clear();
    column.identity_options.clear();
    column.identity_acl.clear();
    column.identity_comment.clear();
  } else {
    for (const auto* option : nodes<::DefElem>(as<::List>(command->def))) {
      if (std::string_view(option->defname) == "generated") {
        column.identity = static_cast<char>(as<::Integer>(option->arg)->ival);
      }
    }
    apply_sequence_options(builder, column.identity_options.edit(), command->def, false);
  }
}

}  // namespace

schema::ViewColumn& view_column(std::vector<schema::ViewColumn>& columns, const std::string& name) {
  for (schema::ViewColumn& column : columns) {
    if (column.name == name) return column;
  }
  columns.emplace_back();
  columns.back().name = name;
  columns.back().query_name = name;
  return columns.back();
}

bool alter_column(schema::MaterializedView& view, const void* node) {
  const auto* command = as<::AlterTableCmd>(node);
  switch (command->subtype) {
    case AT_SetStatistics:
    case AT_SetOptions:
    case AT_ResetOptions:
    case AT_SetStorage:
    case AT_SetCompression:
      alter_setting(view_column(view.columns, command->name), command);
      return true;
    default:
      return false;
  }
}

bool alter_column(Context& context, Table& table, const void* node, bool recurse) {
  const auto* command = as<::AlterTableCmd>(node);
  const Builder& builder = context.builder;
  switch (command->subtype) {
    case AT_AddColumn:
      add_column(context, table, command, recurse);
      return true;
    case AT_DropColumn:
      if (!table.find(command->name) && command->missing_ok) return true;
      drop_column(context, table, command->name, recurse, command->behavior == DROP_CASCADE);
      return true;
    case AT_ColumnDefault:
      for_each_heir(builder, table, command->name, recurse, [&](Column& c) {
        c.default_value = read_default(builder, command->def, c.type.sql);
      });
      return true;
    case AT_DropNotNull:
      for_each_heir(builder, table, command->name, recurse, drop_not_null);
      return true;
    case AT_SetNotNull:
      for_each_heir(builder, table, command->name, recurse, [](Column& c) { c.not_null = true; });
      return true;
    case AT_DropExpression:
      for_each_heir(builder, table, command->name, recurse, [](Column& c) { c.generated.clear(); });
      return true;
    case AT_SetOptions:
    case AT_ResetOptions:
    case AT_SetCompression:
      alter_setting(require(table, command->name), command);
      return true;
    case AT_SetStatistics:
      for_each_heir(builder, table, command->name, recurse,
                    [&](Column& c) { alter_setting(c, command); });
      return true;
    case AT_SetStorage:
      for_each_heir(builder, table, command->name, recurse, [&](Column& c) {
        alter_setting(c, command);
        if (*c.storage == type_storage(builder, c.type.sql)) c.storage.clear();
      });
      return true;
    case AT_AlterColumnType:
      set_type(context, table, command, recurse);
      return true;
    case AT_AddIdentity:
    case AT_SetIdentity:
    case AT_DropIdentity:
      set_identity(context, table, command);
      return true;
    default:
      return false;
  }
}

void alter_attribute(Context& context, schema::Composite& type, const void* node) {
  const auto* command = as<::AlterTableCmd>(node);
  const auto* definition = as<::ColumnDef>(command->def);
  const auto find = [&](const std::string& name) {
    return std::find_if(type.columns.begin(), type.columns.end(),
                        [&](const auto& attribute) { return attribute.name == name; });
  };
  schema::CompositeAttribute attribute;
  if (command->subtype == AT_AddColumn || command->subtype == AT_AlterColumnType) {
    attribute.name = command->subtype == AT_AddColumn ? definition->colname : command->name;
    const ResolvedType resolved = resolve_type(context.builder, definition->typeName);
    attribute.type.sql = resolved.sql;
    attribute.collation = written_collation(context.builder, definition->collClause, resolved);
  }
  if (command->subtype == AT_AddColumn) {
    type.columns.push_back(std::move(attribute));
    return;
  }
  const auto at = find(command->name);
  if (at == type.columns.end()) {
    if (command->missing_ok) return;
    throw Missing("attribute \"" + std::string(command->name) + "\" of type " +
                  schema::quote_qualified(name_of(type)) + " does not exist");
  }
  if (command->subtype == AT_DropColumn) type.columns.erase(at);
  if (command->subtype == AT_AlterColumnType) {
    attribute.comment = at->comment;
    *at = std::move(attribute);
  }
}

}  // namespace schemadiff::parser
