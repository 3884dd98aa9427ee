// CREATE SEQUENCE, ALTER SEQUENCE and the parameters of sequences (sequence.c, init_params).
#include <cstdint>

#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/statements/table_parts.h"
#include "parser/type_names.h"
#include "schema/ddl/ddl.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::SequenceOptions;

struct Limits {
  std::int64_t min, max;
};

Limits limits_of(const std::string& type) {
  if (type == "smallint") return {INT16_MIN, INT16_MAX};
  if (type == "integer") return {INT32_MIN, INT32_MAX};
  return {INT64_MIN, INT64_MAX};
}

const ::DefElem* option(const ::List* options, std::string_view name) {
  const ::DefElem* found = nullptr;
  for (const auto* item : nodes<::DefElem>(options)) {
    if (item->defname == name) found = item;
  }
  return found;
}

// OWNED BY; false when the options do not have it.
bool read_owner(const Builder& builder, schema::OwnedBy& owned_by, const ::List* options) {
  const ::DefElem* owner = option(options, "owned_by");
  if (!owner) return false;
  std::vector<std::string> names = names_of(as<::List>(owner->arg));
  if (names.size() == 1) {  // NONE
    owned_by = {};
    return true;
  }
  const std::string column = names.back();
  const schema::QualifiedName table{names.size() > 2 ? names[names.size() - 3] : "",
                                    names[names.size() - 2]};
  const Relation& found = builder.relation(table, "table");
  if (found.kind == RelationKind::Table &&
      !static_cast<const schema::Table*>(found.object)->find(column)) {
    throw Missing("column \"" + column + "\" of " + schema::quote_qualified(table) +
                  " does not exist");
  }
  owned_by = {name_of(*found.object), column};
  return true;
}

}  // namespace

void retype_sequence(SequenceOptions& sequence, std::string type) {
  const Limits old = limits_of(sequence.type.sql);
  const Limits limits = limits_of(type);
  if (sequence.max == old.max) sequence.max = limits.max;
  if (sequence.min == old.min) sequence.min = limits.min;
  sequence.type.sql = std::move(type);
}

void apply_sequence_options(const Builder& builder, SequenceOptions& sequence,
                            const void* option_list, bool fresh) {
  const auto* options = as<::List>(option_list);
  if (const auto* type = option(options, "as")) {
    std::string name = resolve_type(builder, type->arg).plain;
    if (fresh)
      sequence.type.sql = std::move(name);
    else
      retype_sequence(sequence, std::move(name));
  }
  const Limits limits = limits_of(sequence.type.sql);
  if (const auto* increment = option(options, "increment")) {
    sequence.increment = option_integer(increment);
  }
  const bool ascending = sequence.increment > 0;
  if (const auto* cycle = option(options, "cycle")) sequence.cycle = option_bool(cycle);
  const auto* max = option(options, "maxvalue");
  if (max && max->arg) {
    sequence.max = option_integer(max);
  } else if (max || fresh) {
    sequence.max = ascending ? limits.max : -1;
  }
  const auto* min = option(options, "minvalue");
  if (min && min->arg) {
    sequence.min = option_integer(min);
  } else if (min || fresh) {
    sequence.min = ascending ? 1 : limits.min;
  }
  if (const auto* start = option(options, "start")) {
    sequence.start = option_integer(start);
  } else if (fresh) {
    sequence.start = ascending ? sequence.min : sequence.max;
  }
  if (const auto* cache = option(options, "cache")) sequence.cache = option_integer(cache);
}

void apply_create_sequence(Context& context, const void* node) {
  const auto* statement = as<::CreateSeqStmt>(node);
  Builder& builder = context.builder;
  if (skip_temporary(context, statement->sequence)) return;
  schema::Sequence sequence;
  sequence.id = {schema::Kind::Sequence,
                 builder.creation_schema(string_of(statement->sequence->schemaname)),
                 {},
                 schema::truncate_name(statement->sequence->relname),
                 {}};
  if (statement->if_not_exists && builder.relations.count(name_of(sequence))) return;
  sequence.span = context.span;
  sequence.unlogged = statement->sequence->relpersistence == 'u';
  apply_sequence_options(builder, sequence.options, statement->options, true);
  read_owner(builder, sequence.owned_by, statement->options);
  auto& added = builder.add(std::move(sequence));
  builder.enter_relation(added, RelationKind::Sequence, name_of(added));
}

void apply_alter_sequence(Context& context, const void* node) {
  const auto* statement = as<::AlterSeqStmt>(node);
  Builder& builder = context.builder;
  const auto written = qualified(statement->sequence);
  if (statement->missing_ok && !builder.find_relation(written)) return;
  const Relation& found = builder.relation(written, "sequence");
  if (found.kind == RelationKind::IdentitySequence) {
    auto& table = static_cast<schema::Table&>(*found.object);
    for (schema::Column& column : table.columns) {
      if (column.identity && column.identity_sequence->name == written.name) {
        apply_sequence_options(builder, column.identity_options.edit(), statement->options, false);
      }
    }
    return;
  }
  if (found.kind != RelationKind::Sequence) {
    throw Error(schema::quote_qualified(written) + " is not a sequence");
  }
  auto& sequence = static_cast<schema::Sequence&>(*found.object);
  read_owner(builder, sequence.owned_by, statement->options);
  apply_sequence_options(builder, sequence.options, statement->options, false);
}

void take_default_privileges(Builder& builder, schema::Column& column) {
  const auto& acl = builder.default_acl(schema::Kind::Sequence, column.identity_sequence->schema);
  if (acl != schema::default_acl(schema::Kind::Sequence)) column.identity_acl = acl;
}

void add_column_sequence(Context& context, schema::Table& table, schema::Column& column,
                         bool serial, const void* identity_constraint) {
  Builder& builder = context.builder;
  if (serial) {
    schema::Sequence sequence;
    sequence.id = {
        schema::Kind::Sequence,
        table.id.schema,
        {},
        builder.choose_relation_name(table.id.name, column.name, "seq", table.id.schema, false),
        {}};
    sequence.span = column.span;
    sequence.unlogged = table.unlogged;
    sequence.options.type = column.type;
    apply_sequence_options(builder, sequence.options, nullptr, true);
    sequence.owned_by = {name_of(table), column.name};
    sequence.owner = table.owner;
    auto& added = builder.add(std::move(sequence));
    builder.enter_relation(added, RelationKind::Sequence, name_of(added));
    column.default_value.edit().sql =
        "nextval(" + schema::quote_literal(schema::quote_qualified(name_of(added))) + "::regclass)";
    column.not_null = true;
  }
  if (identity_constraint) {
    const auto* identity = as<::Constraint>(identity_constraint);
    column.identity = identity->generated_when;
    schema::SequenceOptions& options = column.identity_options.edit();
    options = {};
    options.type = column.type;
    apply_sequence_options(builder, options, identity->options, true);
    if (const auto* name = option(identity->options, "sequence_name")) {
      column.identity_sequence = qualified(as<::List>(name->arg));
      if (column.identity_sequence->schema.empty()) {
        column.identity_sequence.edit().schema = table.id.schema;
      }
    } else {
      column.identity_sequence = {
          table.id.schema,
          builder.choose_relation_name(table.id.name, column.name, "seq", table.id.schema, false)};
    }
    take_default_privileges(builder, column);
    column.not_null = true;
  }
}

}  // namespace schemadiff::parser
