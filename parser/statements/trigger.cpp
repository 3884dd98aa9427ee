// CREATE TRIGGER, CREATE and ALTER POLICY.
#include <algorithm>

#include "parser/references.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;

// pg_trigger.h
constexpr int kBefore = 1 << 1, kInsert = 1 << 2, kDelete = 1 << 3, kUpdate = 1 << 4,
              kTruncate = 1 << 5, kInstead = 1 << 6;

std::vector<std::string> roles_of(const ::List* list) {
  std::vector<std::string> roles;
  for (const auto* role : nodes<::RoleSpec>(list)) roles.push_back(role_of(role));
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  if (std::find(roles.begin(), roles.end(), "public") != roles.end()) roles = {"public"};
  return roles;
}

}  // namespace

void apply_create_trigger(Context& context, const void* node) {
  const auto* statement = as<::CreateTrigStmt>(node);
  Builder& builder = context.builder;
  const Relation& on = builder.relation(qualified(statement->relation), "relation");
  schema::Trigger trigger;
  trigger.id = {Kind::Trigger,
                on.object->id.schema,
                on.object->id.name,
                schema::truncate_name(statement->trigname),
                {}};
  trigger.span = context.span;
  trigger.function = resolve_function(builder, qualified(statement->funcname), true);
  trigger.arguments = names_of(statement->args);
  trigger.timing = statement->timing & kBefore    ? "BEFORE"
                   : statement->timing & kInstead ? "INSTEAD OF"
                                                  : "AFTER";
  trigger.on_insert = (statement->events & kInsert) != 0;
  trigger.on_update = (statement->events & kUpdate) != 0;
  trigger.on_delete = (statement->events & kDelete) != 0;
  trigger.on_truncate = (statement->events & kTruncate) != 0;
  trigger.update_columns = names_of(statement->columns);
  trigger.for_each_row = statement->row;
  trigger.when = expr_of(statement->whenClause);
  trigger.constraint = statement->isconstraint;
  trigger.deferrable = statement->deferrable;
  trigger.initially_deferred = statement->initdeferred;
  if (statement->constrrel) {
    trigger.constraint_table = name_of(builder.table(qualified(statement->constrrel)));
  }
  for (const auto* transition : nodes<::TriggerTransition>(statement->transitionRels)) {
    (transition->isNew ? trigger.new_table : trigger.old_table) = transition->name;
  }
  if (statement->replace) {
    const auto found = builder.catalog.triggers.find(trigger.id);
    if (found != builder.catalog.triggers.end()) {
      trigger.comment = std::move(found->second.comment);
      trigger.enabled = found->second.enabled;
      trigger.partition_states = std::move(found->second.partition_states);
      trigger.search_path = builder.path;
      found->second = std::move(trigger);
      return;
    }
  }
  builder.add(std::move(trigger));
}

void apply_create_policy(Context& context, const void* node) {
  const auto* statement = as<::CreatePolicyStmt>(node);
  Builder& builder = context.builder;
  const schema::Table& table = builder.table(qualified(statement->table));
  schema::Policy policy;
  policy.id = {Kind::Policy,
               table.id.schema,
               table.id.name,
               schema::truncate_name(statement->policy_name),
               {}};
  policy.span = context.span;
  policy.permissive = statement->permissive;
  policy.command = upper(statement->cmd_name);
  policy.roles = roles_of(statement->roles);
  policy.using_expr = expr_of(statement->qual);
  policy.check_expr = expr_of(statement->with_check);
  builder.add(std::move(policy));
}

void apply_alter_policy(Context& context, const void* node) {
  const auto* statement = as<::AlterPolicyStmt>(node);
  Builder& builder = context.builder;
  const schema::Table& table = builder.table(qualified(statement->table));
  const auto found = builder.catalog.policies.find(
      {Kind::Policy, table.id.schema, table.id.name, statement->policy_name, {}});
  if (found == builder.catalog.policies.end()) {
    throw Missing("policy \"" + std::string(statement->policy_name) + "\" for table " +
                  schema::quote_qualified(name_of(table)) + " does not exist");
  }
  schema::Policy& policy = found->second;
  if (statement->roles) policy.roles = roles_of(statement->roles);
  if (statement->qual) policy.using_expr = expr_of(statement->qual);
  if (statement->with_check) policy.check_expr = expr_of(statement->with_check);
}

}  // namespace schemadiff::parser
