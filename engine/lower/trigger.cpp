// Decides how triggers and policies are altered.
#include <algorithm>
#include <set>

#include "engine/lower/partition.h"
#include "schema/owner.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

// Whether the trigger fires in the partition otherwise than in its table.
bool differs_in(const QualifiedName& partition, const Trigger& trigger) {
  return trigger.enabled_in(partition) != trigger.enabled;
}

bool is_below(const QualifiedName& partition, const QualifiedName& table, const Catalog& catalog) {
  for (const Table* at = catalog.table(partition); at; at = catalog.table(at->partition_of))
    if (at->partition_of == table) return true;
  return false;
}

// Whether it is a partition of the same table all the time; others are attached by themselves.
bool stays_attached(const Table& partition, const Context& context) {
  const Table* before = context.from.table(name_of(partition));
  const Table* after = context.to.table(name_of(partition));
  return before && after && before->partition_of == after->partition_of &&
         before->bound == after->bound && !context.goes_away(partition.id);
}

// Whether the partition is below the trigger's table before the plan and after it, and leaves it at
// no time.
bool stays_below(const QualifiedName& partition, const Trigger& trigger, const Context& context) {
  const QualifiedName root = table_name(trigger.id);
  for (const Table* at = context.to.table(partition); at; at = context.to.table(at->partition_of)) {
    if (name_of(*at) == root) return is_below(partition, root, context.from);
    if (!stays_attached(*at, context)) return false;
  }
  return false;
}

// The partition, and those below it that are attached with it.
std::vector<QualifiedName> attached_with(const Table& partition, const Context& context) {
  std::vector<QualifiedName> names = {name_of(partition)};
  const auto heirs = context.heirs.find(names.front());
  if (heirs == context.heirs.end()) return names;
  for (const Table* below : heirs->second)
    if (stays_attached(*below, context))
      for (QualifiedName& name : attached_with(*below, context)) names.push_back(std::move(name));
  return names;
}

}  // namespace

Trigger as_made(Trigger trigger, const Context& context) {
  std::erase_if(trigger.partition_states, [&](const PartitionState& state) {
    return !stays_below(state.partition, trigger, context);
  });
  return trigger;
}

void lower_partition_states(const Trigger& trigger, const Context& context,
                            Operations& operations) {
  for (const PartitionState& state : trigger.partition_states) {
    if (stays_below(state.partition, trigger, context)) continue;  // as_made
    Operation operation = make(Role::Finish, trigger, Phase::Expand,
                               "The trigger fires otherwise in " +
                                   quote_qualified(state.partition) + " than in its table.");
    operation.refs.push_back(trigger.id);
    operation.finished = {table_id(state.partition)};
    operation.op = Op::EnableTrigger;
    operation.relations = {quote_qualified(state.partition)};
    operation.sql = {partition_state_sql(trigger, state.partition)};
    operation.undo_note = "Goes away with the trigger.";
    operations.push_back(std::move(operation));
  }
}

Statements attach_with_states(const Table& partition, const Catalog& side, const Context& context) {
  Statements sql = attach_sql(partition);
  if (sql.empty()) return sql;
  const bool back = &side == &context.from;
  const std::vector<QualifiedName> attached = attached_with(partition, context);
  for (const Table* above = side.table(partition.partition_of); above;
       above = side.table(above->partition_of)) {
    const bool goes_with_table = back && context.goes_away(above->id);
    for_each_child<Trigger>(side, name_of(*above), [&](const Trigger& trigger) {
      if (trigger.partition_states.empty() || !context.from.find(trigger.id) ||
          (context.goes_away(trigger.id) && !goes_with_table))
        return;
      for (const QualifiedName& name : attached)
        if (differs_in(name, trigger) || differs_in(partition.partition_of, trigger))
          sql.push_back(partition_state_sql(trigger, name));
    });
  }
  return sql;
}

void lower_alter(const Trigger& before, const Trigger& after, const diff::Change& change,
                 const Context& context, Operations& operations) {
  const bool everywhere = changed(change, "enabled");
  if (!everywhere && !changed(change, "states in partitions")) return;
  Operation operation = make(Role::Detail, after, Phase::Expand, "When the trigger fires differs.");
  operation.op = Op::EnableTrigger;
  if (everywhere) {
    operation.relations = with_partitions(table_name(after.id), context);
    operation.sql = {trigger_state_sql(after)};
    operation.undo = {trigger_state_sql(before)};
  }
  std::set<QualifiedName> partitions;
  for (const auto* states : {&before.partition_states, &after.partition_states})
    for (const PartitionState& state : *states) partitions.insert(state.partition);
  for (const QualifiedName& partition : partitions) {
    const bool stays = stays_below(partition, after, context);
    const bool was = differs_in(partition, before), is = differs_in(partition, after);
    if (stays && (is || !everywhere))
      operation.sql.push_back(partition_state_sql(after, partition));
    // one that has left is back when undo comes here
    if (was ? stays || everywhere : stays && !everywhere)
      operation.undo.push_back(partition_state_sql(before, partition));
    if (stays && !everywhere) operation.relations.push_back(quote_qualified(partition));
  }
  if (!operation.sql.empty()) operations.push_back(std::move(operation));
}

void lower_alter(const Policy& before, const Policy& after, const diff::Change& change,
                 const Context&, Operations& operations) {
  const bool roles = changed(change, "roles");
  const bool conditions = changed(change, "using") || changed(change, "with check");
  if (!roles && !conditions) return;
  const auto sql = [&](const Policy& policy) {
    std::string text = "ALTER POLICY " + sql_name(policy.id) + " ON " + sql_parent(policy.id);
    if (roles) text += " TO " + policy_roles(policy);
    if (conditions && !policy.using_expr.empty())
      text += "\n  USING (" + policy.using_expr.sql + ')';
    if (conditions && !policy.check_expr.empty())
      text += "\n  WITH CHECK (" + policy.check_expr.sql + ')';
    return text;
  };
  // ALTER POLICY cannot take an expression away again
  const bool adds = (before.using_expr.empty() && !after.using_expr.empty()) ||
                    (before.check_expr.empty() && !after.check_expr.empty());
  Operation operation =
      make(Role::Alter, after, Phase::Contract, "Whom the policy lets do what differs.");
  operation.releases = before.refs;
  operation.op = Op::AlterPolicy;
  operation.relations = {sql_parent(after.id)};
  operation.sql = {sql(after)};
  operation.undo = {sql(before)};
  if (adds) {
    operation.undo = {drop_sql(after)};
    append(operation.undo, create_sql(before));
    append(operation.undo, comment_sql(before));
  }
  operation.unproven = change.unproven;
  operations.push_back(std::move(operation));
}

}  // namespace schemadiff::engine
