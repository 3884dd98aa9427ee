// ALTER … RENAME and ALTER … SET SCHEMA.
#include <algorithm>

#include "parser/renaming.h"
#include "parser/statements/address.h"
#include "parser/statements/alter_column.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/statements/table_parts.h"
#include "schema/ddl/ddl.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;
using schema::QualifiedName;

template <class Map>
void rename_child(Map& map, const schema::ObjectId& from, const std::string& to) {
  auto entry = map.extract(from);
  if (entry.empty()) throw Missing(schema::describe(from) + " does not exist");
  entry.key().name = to;
  entry.mapped().id.name = to;
  map.insert(std::move(entry));
}

void rename_acl(schema::Object& object, std::string_view from, const std::string& to) {
  if (object.column_acls.empty()) return;
  auto& columns = object.column_acls.edit();
  for (schema::ColumnAcl& column : columns)
    if (column.column == from) column.column = to;
  std::sort(columns.begin(), columns.end());
}

void rename_attribute(Builder& builder, const ::RenameStmt* statement, const std::string& to) {
  const Relation& found = builder.relation(qualified(statement->relation), "relation");
  switch (found.kind) {
    case RelationKind::Table:
      rename_column(builder, static_cast<schema::Table&>(*found.object), statement->subname, to);
      return;
    case RelationKind::View:
      view_column(static_cast<schema::View&>(*found.object).columns, statement->subname).name = to;
      rename_acl(*found.object, statement->subname, to);
      return;
    case RelationKind::MaterializedView:
      view_column(static_cast<schema::MaterializedView&>(*found.object).columns, statement->subname)
          .name = to;
      rename_acl(*found.object, statement->subname, to);
      return;
    case RelationKind::Composite:
      for (auto& column : static_cast<schema::Composite&>(*found.object).columns) {
        if (column.name == statement->subname) column.name = to;
      }
      return;
    default:
      return;
  }
}

void rename_on_table(Builder& builder, const ::RenameStmt* statement, const std::string& to) {
  const Relation& found = builder.relation(qualified(statement->relation), "relation");
  const schema::ObjectId& on = found.object->id;
  if (statement->renameType == OBJECT_TABCONSTRAINT) {
    schema::Table& table = builder.table(name_of(on));
    schema::Constraint* constraint = find_constraint(builder, table, statement->subname);
    if (!constraint) {
      if (schema::Column* column = find_not_null(table, statement->subname)) {
        column->not_null_name = to;
        return;
      }
      throw Missing("constraint \"" + std::string(statement->subname) + "\" of " +
                    schema::describe(on) + " does not exist");
    }
    rename_constraint(builder, *constraint, to);
  } else if (statement->renameType == OBJECT_TRIGGER) {
    rename_child(builder.catalog.triggers,
                 {Kind::Trigger, on.schema, on.name, statement->subname, {}}, to);
  } else if (statement->renameType == OBJECT_RULE) {
    rename_child(builder.catalog.rules, {Kind::Rule, on.schema, on.name, statement->subname, {}},
                 to);
  } else {
    rename_child(builder.catalog.policies,
                 {Kind::Policy, on.schema, on.name, statement->subname, {}}, to);
  }
}

void rename_domain_constraint(Builder& builder, const ::RenameStmt* statement,
                              const std::string& to) {
  schema::Object* object = find_object(builder, OBJECT_DOMAIN, statement->object);
  if (!object || object->id.kind != Kind::Domain) return;
  auto& domain = static_cast<schema::Domain&>(*object);
  if (domain.not_null && schema::not_null_name(domain) == statement->subname)
    domain.not_null_name = to;
  auto& constraints = domain.constraints;
  for (auto& constraint : constraints) {
    if (constraint.name == statement->subname) constraint.name = to;
  }
  std::sort(constraints.begin(), constraints.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
}

// A relation, type or routine gets this name.
void move_object(Builder& builder, schema::Object& object, const QualifiedName& to) {
  switch (object.id.kind) {
    case Kind::Enum:
    case Kind::Domain:
    case Kind::Composite:
    case Kind::Range:
    case Kind::BaseType:
      rename_type(builder, name_of(object), to);
      return;
    case Kind::Routine:
    case Kind::Aggregate:
      rename_routine(builder, object, to);
      return;
    case Kind::Collation:
      rename_collation(builder, object, to);
      return;
    case Kind::ForeignDataWrapper:
      for (auto& [id, server] : builder.catalog.foreign_servers)
        if (server.wrapper == object.id.name) server.wrapper = to.name;
      rename_plain(builder, object, to);
      return;
    case Kind::ForeignServer:
      rename_server(builder, object, to.name);
      return;
    case Kind::OperatorFamily:
      for (auto& [id, opclass] : builder.catalog.operator_classes)
        if (opclass.family == name_of(object) && id.args == object.id.args) opclass.family = to;
      rename_plain(builder, object, to);
      return;
    case Kind::TextSearchParser:
    case Kind::TextSearchTemplate:
    case Kind::TextSearchDictionary:
      rename_text_search(builder, object, to);
      return;
    case Kind::Language:
      for (auto& [id, routine] : builder.catalog.routines)
        if (routine.language == object.id.name) routine.language = to.name;
      rename_plain(builder, object, to);
      return;
    case Kind::AccessMethod:
    case Kind::TextSearchConfiguration:
    case Kind::Publication:
    case Kind::Subscription:
    case Kind::Operator:
    case Kind::OperatorClass:
    case Kind::Conversion:
    case Kind::Statistics:
    case Kind::EventTrigger:
      rename_plain(builder, object, to);
      return;
    case Kind::Extension:
      static_cast<schema::Extension&>(object).schema = to.schema;
      builder.extension_schemas[object.id.name] = to.schema;
      return;
    default: {
      const auto found = builder.relations.find(name_of(object));
      if (found == builder.relations.end()) return;
      const Relation relation = found->second;
      rename_relation(builder, relation, to);
    }
  }
}

}  // namespace

void apply_rename(Context& context, const void* node) {
  const auto* statement = as<::RenameStmt>(node);
  Builder& builder = context.builder;
  const std::string to = schema::truncate_name(statement->newname);
  if (const auto kind = unmodelled_kind(statement->renameType); !kind.empty()) {
    add_unmodelled(context, std::string(kind), to, "rename");
    return;
  }
  if (statement->relation && statement->missing_ok &&
      !builder.find_relation(qualified(statement->relation))) {
    return;
  }
  switch (statement->renameType) {
    case OBJECT_COLUMN:
    case OBJECT_ATTRIBUTE:
      rename_attribute(builder, statement, to);
      return;
    case OBJECT_TABCONSTRAINT:
    case OBJECT_TRIGGER:
    case OBJECT_RULE:
    case OBJECT_POLICY:
      rename_on_table(builder, statement, to);
      return;
    case OBJECT_DOMCONSTRAINT:
      rename_domain_constraint(builder, statement, to);
      return;
    case OBJECT_SCHEMA:
      if (!builder.schema_exists(statement->subname)) {
        throw Missing("schema \"" + std::string(statement->subname) + "\" does not exist");
      }
      rename_schema(builder, statement->subname, to);
      return;
    default: {
      const void* address = statement->relation ? static_cast<const void*>(statement->relation)
                                                : static_cast<const void*>(statement->object);
      schema::Object* object =
          find_object(builder, statement->renameType, address, statement->missing_ok);
      if (object) move_object(builder, *object, {object->id.schema, to});
    }
  }
}

void apply_set_schema(Context& context, const void* node) {
  const auto* statement = as<::AlterObjectSchemaStmt>(node);
  Builder& builder = context.builder;
  if (const auto kind = unmodelled_kind(statement->objectType); !kind.empty()) {
    add_unmodelled(context, std::string(kind), statement->newschema, "schema");
    return;
  }
  const std::string schema = builder.creation_schema(statement->newschema);
  const void* address = statement->relation ? static_cast<const void*>(statement->relation)
                                            : static_cast<const void*>(statement->object);
  schema::Object* object =
      find_object(builder, statement->objectType, address, statement->missing_ok);
  if (object) move_object(builder, *object, {schema, object->id.name});
}

}  // namespace schemadiff::parser
