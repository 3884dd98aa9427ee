// ALTER TABLE, and ALTER INDEX, VIEW, SEQUENCE, TYPE where they have its shape.
#include <algorithm>

#include "parser/indexes.h"
#include "parser/partitions.h"
#include "parser/removal.h"
#include "parser/statements/alter_column.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/statements/table_parts.h"
#include "parser/trigger_states.h"
#include "parser/type_names.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;
using schema::Table;

[[noreturn]] void missing_constraint(const Table& table, const std::string& name) {
  throw Missing("constraint \"" + name + "\" of table " + schema::quote_qualified(name_of(table)) +
                " does not exist");
}

void add_constraint(Context& context, Table& table, const ::AlterTableCmd* command, bool recurse) {
  const auto* constraint = as<::Constraint>(command->def);
  const WrittenConstraint written{constraint, {}, constraint->deferrable, constraint->initdeferred};
  if (is_index_constraint(constraint)) {
    add_index_constraint(context, table, written, recurse);
  } else if (is_foreign_key(constraint)) {
    add_foreign_key(context, table, written, true);
  } else if (is_check(constraint)) {
    add_check(context, table, written, true);
  }
}

void drop_constraint(Context& context, Table& table, const ::AlterTableCmd* command) {
  schema::Constraint* constraint = find_constraint(context.builder, table, command->name);
  if (!constraint) {
    if (schema::Column* column = find_not_null(table, command->name)) return drop_not_null(*column);
    if (command->missing_ok) return;
    missing_constraint(table, command->name);
  }
  remove_constraint(context.builder, *constraint, command->behavior == DROP_CASCADE);
}

void alter_constraint(Context& context, Table& table, const ::Constraint* written) {
  schema::Constraint* constraint = find_constraint(context.builder, table, written->conname);
  if (!constraint) missing_constraint(table, written->conname);
  constraint->deferrable = written->deferrable;
  constraint->initially_deferred = written->initdeferred;
}

void set_trigger_enabled(Context& context, const schema::Object& on, const char* name, char enabled,
                         bool recurse) {
  if (!set_trigger_state(context.builder, on, name, enabled, recurse) && name)
    throw Missing(schema::describe({Kind::Trigger, on.id.schema, on.id.name, name, {}}) +
                  " does not exist");
}

void set_rule_enabled(Context& context, const schema::Object& on, const char* name, char enabled) {
  const schema::ObjectId id{Kind::Rule, on.id.schema, on.id.name, name, {}};
  const auto rule = context.builder.catalog.rules.find(id);
  if (rule == context.builder.catalog.rules.end())
    throw Missing(schema::describe(id) + " does not exist");
  rule->second.enabled = enabled;
}

void set_clustered(Context& context, const schema::Object& table, const char* index) {
  for (schema::Object* object : context.builder.attached[&table].indexes) {
    const bool on = index && object->id.name == index;
    if (object->id.kind == Kind::Index) {
      static_cast<schema::Index*>(object)->clustered = on;
    } else {
      static_cast<schema::Constraint*>(object)->clustered = on;
    }
  }
}

void set_unlogged(Context& context, Table& table, bool unlogged) {
  table.unlogged = unlogged;
  for (auto& [id, sequence] : context.builder.catalog.sequences) {
    if (sequence.owned_by.table == name_of(table)) sequence.unlogged = unlogged;
  }
}

void add_inheritance(Context& context, Table& table, const Table& parent) {
  check_inheritance(context.builder, parent, table);
  table.inherits.push_back(name_of(parent));
  context.builder.attached[&parent].children.push_back(&table);
}

void drop_inheritance(Context& context, Table& table, const Table& parent) {
  std::erase(table.inherits, name_of(parent));
  std::erase(context.builder.attached[&parent].children, &table);
  for (schema::Column& column : table.columns) {
    const bool elsewhere = std::any_of(
        table.inherits.begin(), table.inherits.end(), [&](const schema::QualifiedName& other) {
          return context.builder.table(other).find(column.name) != nullptr;
        });
    if (!elsewhere) column.local = true;
  }
  keep_checks(context.builder, parent, table);
}

// Subcommands that concern the table as a whole. False: not one of them.
bool alter_whole(Context& context, Table& table, const ::AlterTableCmd* command) {
  Builder& builder = context.builder;
  switch (command->subtype) {
    case AT_SetLogged:
      set_unlogged(context, table, false);
      return true;
    case AT_SetUnLogged:
      set_unlogged(context, table, true);
      return true;
    case AT_SetAccessMethod:
      table.access_method = builder.access_method_of(command->name);
      return true;
    case AT_AddInherit:
      add_inheritance(context, table, builder.table(qualified(as<::RangeVar>(command->def))));
      return true;
    case AT_DropInherit:
      drop_inheritance(context, table, builder.table(qualified(as<::RangeVar>(command->def))));
      return true;
    case AT_AddOf: {
      const auto written = qualified(as<::TypeName>(command->def)->names);
      const auto* type = builder.find_type(written);
      if (!type) throw Missing("type " + schema::quote_qualified(written) + " does not exist");
      table.of_type = type->first;
      return true;
    }
    case AT_DropOf:
      table.of_type = {};
      return true;
    case AT_ReplicaIdentity: {
      const auto* identity = as<::ReplicaIdentityStmt>(command->def);
      table.replica_identity = {identity->identity_type, string_of(identity->name)};
      return true;
    }
    case AT_EnableRowSecurity:
      table.row_security = true;
      return true;
    case AT_DisableRowSecurity:
      table.row_security = false;
      return true;
    case AT_ForceRowSecurity:
      table.force_row_security = true;
      return true;
    case AT_NoForceRowSecurity:
      table.force_row_security = false;
      return true;
    case AT_AttachPartition: {
      const auto* partition = as<::PartitionCmd>(command->def);
      attach_partition(builder, table, builder.table(qualified(partition->name)),
                       read_bound(builder, table, partition->bound));
      return true;
    }
    case AT_DetachPartition:
    case AT_DetachPartitionFinalize:
      detach_partition(builder, table,
                       builder.table(qualified(as<::PartitionCmd>(command->def)->name)));
      return true;
    default:
      return false;
  }
}

bool alter_constraints(Context& context, Table& table, const ::AlterTableCmd* command,
                       bool recurse) {
  switch (command->subtype) {
    case AT_AddConstraint:
      add_constraint(context, table, command, recurse);
      return true;
    case AT_DropConstraint:
      drop_constraint(context, table, command);
      return true;
    case AT_AlterConstraint:
      alter_constraint(context, table, as<::Constraint>(command->def));
      return true;
    case AT_ValidateConstraint: {
      schema::Constraint* constraint = find_constraint(context.builder, table, command->name);
      if (constraint)
        constraint->validated = true;
      else if (!validate_check_above(context.builder, table, command->name) &&
               !find_not_null(table, command->name))
        missing_constraint(table, command->name);
      return true;
    }
    default:
      return false;
  }
}

// What tables, views and materialized views have alike. False: not one of them.
bool alter_relation(Context& context, schema::Object& object, const ::AlterTableCmd* command,
                    bool recurse = true) {
  switch (command->subtype) {
    case AT_ChangeOwner:
      set_owner(context, object, command->newowner);
      return true;
    case AT_EnableTrig:
      set_trigger_enabled(context, object, command->name, 'O', recurse);
      return true;
    case AT_EnableAlwaysTrig:
      set_trigger_enabled(context, object, command->name, 'A', recurse);
      return true;
    case AT_EnableReplicaTrig:
      set_trigger_enabled(context, object, command->name, 'R', recurse);
      return true;
    case AT_DisableTrig:
      set_trigger_enabled(context, object, command->name, 'D', recurse);
      return true;
    case AT_EnableTrigAll:
    case AT_EnableTrigUser:
      set_trigger_enabled(context, object, nullptr, 'O', recurse);
      return true;
    case AT_DisableTrigAll:
    case AT_DisableTrigUser:
      set_trigger_enabled(context, object, nullptr, 'D', recurse);
      return true;
    case AT_ClusterOn:
      set_clustered(context, object, command->name);
      return true;
    case AT_DropCluster:
      set_clustered(context, object, nullptr);
      return true;
    case AT_EnableRule:
      set_rule_enabled(context, object, command->name, 'O');
      return true;
    case AT_EnableAlwaysRule:
      set_rule_enabled(context, object, command->name, 'A');
      return true;
    case AT_EnableReplicaRule:
      set_rule_enabled(context, object, command->name, 'R');
      return true;
    case AT_DisableRule:
      set_rule_enabled(context, object, command->name, 'D');
      return true;
    case AT_DropOids:
      return true;
    default:
      return false;
  }
}

// Storage parameters and tablespace, wherever they are kept. False: neither.
bool alter_storage(const Builder& builder, schema::Options& options, std::string* tablespace,
                   const ::AlterTableCmd* command) {
  switch (command->subtype) {
    case AT_SetRelOptions:
      set_options(options, as<::List>(command->def));
      return true;
    case AT_ResetRelOptions:
      reset_options(options, as<::List>(command->def));
      return true;
    case AT_SetTableSpace:
      if (!tablespace) return false;
      *tablespace = builder.tablespace_of(command->name);
      return true;
    default:
      return false;
  }
}

// False: not of OPTIONS (…).
bool alter_foreign_options(Context& context, Table& table, const ::AlterTableCmd* command) {
  if (command->subtype == AT_GenericOptions) {
    change_foreign_options(context, table.foreign_options, table.id, command->def);
    return true;
  }
  if (command->subtype != AT_AlterColumnGenericOptions) return false;
  schema::Column* column = table.find(command->name);
  if (!column) {
    throw Missing("column \"" + std::string(command->name) + "\" of " + schema::describe(table.id) +
                  " does not exist");
  }
  change_foreign_options(context, column->foreign_options.edit(),
                         {Kind::Column, table.id.schema, table.id.name, column->name, {}},
                         command->def);
  return true;
}

void alter_table(Context& context, Table& table, const ::AlterTableCmd* command, bool recurse) {
  if (alter_storage(context.builder, table.options, &table.tablespace, command) ||
      alter_relation(context, table, command, recurse) || alter_whole(context, table, command) ||
      alter_constraints(context, table, command, recurse) ||
      alter_foreign_options(context, table, command) ||
      alter_column(context, table, command, recurse)) {
    return;
  }
  add_unmodelled(context, "table", schema::quote_qualified(name_of(table)), "ALTER TABLE");
}

void alter_index(Context& context, const Relation& found, const ::AlterTableCmd* command) {
  schema::Object& object = *found.object;
  const bool plain = found.kind == RelationKind::Index;
  auto& options = plain ? static_cast<schema::Index&>(object).options
                        : static_cast<schema::Constraint&>(object).options;
  auto& tablespace = plain ? static_cast<schema::Index&>(object).tablespace
                           : static_cast<schema::Constraint&>(object).tablespace;
  if (alter_storage(context.builder, options, &tablespace.edit(), command)) return;
  if (command->subtype == AT_AttachPartition) {
    attach_index(context.builder, name_of(object),
                 qualified(as<::PartitionCmd>(command->def)->name));
  } else if (command->subtype == AT_SetStatistics && plain) {
    auto& elements = static_cast<schema::Index&>(object).elements;
    const auto number = static_cast<std::size_t>(command->num);
    if (number >= 1 && number <= elements.size()) {
      elements[number - 1].statistics = as<::Integer>(command->def)->ival;
    }
  } else if (command->subtype != AT_ChangeOwner) {
    add_unmodelled(context, "index", object.id.name, "ALTER INDEX");
  }
}

void alter_view(Context& context, schema::View& view, const ::AlterTableCmd* command) {
  if (alter_storage(context.builder, view.options, nullptr, command) ||
      alter_relation(context, view, command)) {
    return;
  }
  if (command->subtype == AT_ColumnDefault) {
    view_column(view.columns, command->name).default_value = expr_of(command->def);
    return;
  }
  add_unmodelled(context, "view", schema::quote_qualified(name_of(view)), "ALTER VIEW");
}

void alter_materialized_view(Context& context, schema::MaterializedView& view,
                             const ::AlterTableCmd* command) {
  if (alter_storage(context.builder, view.options, &view.tablespace, command) ||
      alter_relation(context, view, command)) {
    return;
  }
  if (command->subtype == AT_SetAccessMethod) {
    view.access_method = context.builder.access_method_of(command->name);
    return;
  }
  if (alter_column(view, command)) return;
  add_unmodelled(context, "materialized view", schema::quote_qualified(name_of(view)),
                 "ALTER MATERIALIZED VIEW");
}

void alter_one(Context& context, const Relation& found, const ::AlterTableStmt* statement,
               const ::AlterTableCmd* command) {
  switch (found.kind) {
    case RelationKind::Table:
      alter_table(context, static_cast<Table&>(*found.object), command, statement->relation->inh);
      return;
    case RelationKind::View:
      alter_view(context, static_cast<schema::View&>(*found.object), command);
      return;
    case RelationKind::MaterializedView:
      alter_materialized_view(context, static_cast<schema::MaterializedView&>(*found.object),
                              command);
      return;
    case RelationKind::Index:
    case RelationKind::ConstraintIndex:
      alter_index(context, found, command);
      return;
    case RelationKind::Sequence: {
      auto& sequence = static_cast<schema::Sequence&>(*found.object);
      if (command->subtype == AT_ChangeOwner) {
        set_owner(context, sequence, command->newowner);
      } else if (command->subtype == AT_SetLogged || command->subtype == AT_SetUnLogged) {
        sequence.unlogged = command->subtype == AT_SetUnLogged;
      }
      return;
    }
    case RelationKind::Composite:
      if (command->subtype == AT_ChangeOwner) {
        set_owner(context, *found.object, command->newowner);
      } else {
        alter_attribute(context, static_cast<schema::Composite&>(*found.object), command);
      }
      return;
    case RelationKind::IdentitySequence:
      return;
  }
}

}  // namespace

// CLUSTER t USING index leaves the mark that ALTER TABLE … CLUSTER ON makes.
void apply_cluster(Context& context, const void* node) {
  const auto* statement = as<::ClusterStmt>(node);
  if (!statement->relation || !statement->indexname) return;
  const Relation& found = context.builder.relation(qualified(statement->relation), "relation");
  set_clustered(context, *found.object, statement->indexname);
}

void apply_alter_table(Context& context, const void* node) {
  const auto* statement = as<::AlterTableStmt>(node);
  const auto written = qualified(statement->relation);
  const Relation* exists = context.builder.find_relation(written);
  if (!exists && statement->missing_ok) return;
  const Relation found = exists ? *exists : context.builder.relation(written, "relation");
  std::size_t part = 0;
  for (const auto* command : nodes<::AlterTableCmd>(statement->cmds)) {
    if (part++ < context.done) continue;
    alter_one(context, found, statement, command);
    context.done = part;
  }
}

}  // namespace schemadiff::parser
