// Columns as CREATE TABLE and ALTER TABLE write them (parse_utilcmd.c, transformColumnDefinition).
#include <algorithm>

#include "parser/references.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/statements/table_parts.h"
#include "parser/type_names.h"
#include "schema/ddl/ddl.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Column;
using schema::Table;

bool is_domain(const Builder& builder, const std::string& type) {
  for (const auto& [id, domain] : builder.catalog.domains) {
    if (schema::quote_qualified(name_of(domain)) == type) return true;
  }
  return false;
}

void read_constraint(const Builder& builder, WrittenColumn& written,
                     const ::Constraint* constraint) {
  Column& column = written.column;
  switch (constraint->contype) {
    case CONSTR_NULL:
      column.not_null = false;
      return;
    case CONSTR_NOTNULL:
      column.not_null = true;
      if (constraint->conname) column.not_null_name = schema::truncate_name(constraint->conname);
      return;
    case CONSTR_DEFAULT:
      column.default_value = read_default(builder, constraint->raw_expr, column.type.sql);
      return;
    case CONSTR_IDENTITY:
      written.identity = constraint;
      return;
    case CONSTR_GENERATED:
      column.generated = expr_of(constraint->raw_expr);
      return;
    case CONSTR_ATTR_DEFERRABLE:
      if (!written.constraints.empty()) written.constraints.back().deferrable = true;
      return;
    case CONSTR_ATTR_NOT_DEFERRABLE:
      if (!written.constraints.empty()) written.constraints.back().deferrable = false;
      return;
    case CONSTR_ATTR_DEFERRED:
      if (!written.constraints.empty()) {
        written.constraints.back().deferrable = true;
        written.constraints.back().initially_deferred = true;
      }
      return;
    case CONSTR_ATTR_IMMEDIATE:
      if (!written.constraints.empty()) written.constraints.back().initially_deferred = false;
      return;
    default:
      written.constraints.push_back(
          {constraint, column.name, constraint->deferrable, constraint->initdeferred});
  }
}

}  // namespace

schema::Expr read_default(const Builder& builder, const void* expression, const std::string& type) {
  const auto is_null = [](const void* node) {
    return is(node, T_A_Const) && as<::A_Const>(node)->isnull;
  };
  const bool cast = is(expression, T_TypeCast);
  const void* value = cast ? static_cast<const void*>(as<::TypeCast>(expression)->arg) : expression;
  // A modifier or a domain makes it a call, which is kept.
  if (is_null(value) && type.find('(') == std::string::npos &&
      (!cast || resolve_type(builder, as<::TypeCast>(expression)->typeName).sql == type) &&
      !is_domain(builder, type)) {
    return {};
  }
  return expr_of(expression);
}

WrittenColumn read_column(Context& context, const schema::Table& table, const void* node) {
  const auto* definition = as<::ColumnDef>(node);
  const Builder& builder = context.builder;
  WrittenColumn written;
  Column& column = written.column;
  column.name = schema::truncate_name(definition->colname);
  column.span = context.at(definition->location);
  if (definition->typeName) {
    if (const auto type = serial_type(definition->typeName); !type.empty()) {
      written.serial = true;
      column.type.sql = type;
    } else {
      const ResolvedType resolved = resolve_type(builder, definition->typeName);
      column.type.sql = resolved.sql;
      column.collation = written_collation(builder, definition->collClause, resolved);
    }
  }
  if (definition->fdwoptions)
    change_foreign_options(context, column.foreign_options.edit(),
                           {schema::Kind::Column, table.id.schema, table.id.name, column.name, {}},
                           definition->fdwoptions);
  if (definition->compression && std::string_view(definition->compression) != "default") {
    column.compression = definition->compression;
  }
  for (const auto* constraint : nodes<::Constraint>(definition->constraints)) {
    read_constraint(builder, written, constraint);
  }
  return written;
}

void inherit_columns(Table& table, const Table& parent) {
  for (const Column& inherited : parent.columns) {
    if (Column* column = table.find(inherited.name)) {  // of another parent
      column->not_null = column->not_null || inherited.not_null;
      if (column->default_value.empty()) column->default_value = inherited.default_value;
      continue;
    }
    Column column;
    column.name = inherited.name;
    column.type = inherited.type;
    column.collation = inherited.collation;
    column.not_null = inherited.not_null;
    column.default_value = inherited.default_value;
    column.generated = inherited.generated;
    column.storage = inherited.storage;
    column.compression = inherited.compression;
    column.local = false;
    column.span = table.span;
    table.columns.push_back(std::move(column));
  }
}

std::vector<Column> like_columns(Context& context, const Table& table, const void* node) {
  const auto* like = as<::TableLikeClause>(node);
  const Relation& source = context.builder.relation(qualified(like->relation), "relation");
  const auto wants = [&](unsigned option) { return (like->options & option) != 0; };
  std::vector<Column> columns;
  if (source.kind == RelationKind::Composite) {
    for (const auto& attribute : static_cast<const schema::Composite&>(*source.object).columns) {
      Column column;
      column.name = attribute.name;
      column.type = attribute.type;
      column.collation = attribute.collation;
      column.span = context.span;
      columns.push_back(std::move(column));
    }
    return columns;
  }
  if (source.kind != RelationKind::Table) {
    throw Error("LIKE of " + schema::quote_qualified(qualified(like->relation)) +
                    " is not understood: it is not a table",
                "write its columns");
  }
  for (const Column& original : static_cast<const Table&>(*source.object).columns) {
    Column column;
    column.name = original.name;
    column.type = original.type;
    column.collation = original.collation;
    column.not_null = original.not_null;
    if (column.not_null) column.not_null_name = schema::not_null_name(source.object->id, original);
    if (wants(CREATE_TABLE_LIKE_DEFAULTS)) column.default_value = original.default_value;
    if (wants(CREATE_TABLE_LIKE_GENERATED)) column.generated = original.generated;
    if (wants(CREATE_TABLE_LIKE_IDENTITY) && original.identity) {
      column.identity = original.identity;
      column.identity_options = original.identity_options;
      column.identity_options.edit().type.sql = "bigint";  // the copy does not say its type
      column.identity_sequence = schema::QualifiedName{
          table.id.schema, context.builder.choose_relation_name(table.id.name, column.name, "seq",
                                                                table.id.schema, false)};
      take_default_privileges(context.builder, column);
    }
    if (wants(CREATE_TABLE_LIKE_STORAGE)) column.storage = original.storage;
    if (wants(CREATE_TABLE_LIKE_COMPRESSION)) column.compression = original.compression;
    if (wants(CREATE_TABLE_LIKE_COMMENTS)) column.comment = original.comment;
    column.span = context.span;
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace schemadiff::parser
