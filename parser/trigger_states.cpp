#include "parser/trigger_states.h"

#include <algorithm>

#include "schema/owner.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;
using schema::PartitionState;
using schema::QualifiedName;
using schema::Table;
using schema::Trigger;

std::vector<QualifiedName> partitions_below(const Builder& builder, const schema::Object& table) {
  std::vector<QualifiedName> names;
  const auto found = builder.attached.find(&table);
  if (found == builder.attached.end()) return names;
  for (const Table* child : found->second.children) {
    if (child->partition_of.empty()) continue;
    names.push_back(name_of(*child));
    for (QualifiedName& below : partitions_below(builder, *child))
      names.push_back(std::move(below));
  }
  return names;
}

void set_state_in(Trigger& trigger, const QualifiedName& partition, char enabled) {
  auto& states = trigger.partition_states;
  std::erase_if(states, [&](const PartitionState& state) { return state.partition == partition; });
  if (enabled == trigger.enabled) return;
  PartitionState state{partition, enabled};
  states.insert(std::ranges::lower_bound(states, state), std::move(state));
}

// Visits the triggers that come down to the table from those above it.
template <class Visit>
void for_each_from_above(Builder& builder, const Table& table, const Visit& visit) {
  for (const Table* above = builder.catalog.table(table.partition_of); above;
       above = builder.catalog.table(above->partition_of))
    schema::for_each_child<Trigger>(builder.catalog, name_of(*above), [&](Trigger& trigger) {
      if (trigger.for_each_row) visit(trigger);
    });
}

}  // namespace

bool set_trigger_state(Builder& builder, const schema::Object& relation, const char* name,
                       char enabled, bool recurse) {
  bool found = false;
  const std::vector<QualifiedName> below = partitions_below(builder, relation);
  schema::for_each_child<Trigger>(builder.catalog, name_of(relation), [&](Trigger& trigger) {
    if (name && trigger.id.name != name) return;
    found = true;
    const char before = trigger.enabled;
    const std::vector<PartitionState> states = trigger.partition_states;
    trigger.enabled = enabled;
    trigger.partition_states.clear();
    if (recurse || !trigger.for_each_row) return;
    for (const QualifiedName& partition : below) set_state_in(trigger, partition, before);
    for (const PartitionState& state : states)
      set_state_in(trigger, state.partition, state.enabled);
  });
  if (relation.id.kind != Kind::Table) return found;
  for_each_from_above(builder, static_cast<const Table&>(relation), [&](Trigger& trigger) {
    if (name && trigger.id.name != name) return;
    found = true;
    set_state_in(trigger, name_of(relation), enabled);
    if (recurse)
      for (const QualifiedName& partition : below) set_state_in(trigger, partition, enabled);
  });
  return found;
}

void clone_trigger_states(Builder& builder, const Table& parent, const Table& partition) {
  for_each_from_above(builder, partition, [&](Trigger& trigger) {
    const char enabled = trigger.enabled_in(name_of(parent));
    set_state_in(trigger, name_of(partition), enabled);
    for (const QualifiedName& below : partitions_below(builder, partition))
      set_state_in(trigger, below, enabled);
  });
}

void forget_trigger_states(Builder& builder, const Table& partition) {
  for_each_from_above(builder, partition, [&](Trigger& trigger) {
    set_state_in(trigger, name_of(partition), trigger.enabled);
    for (const QualifiedName& below : partitions_below(builder, partition))
      set_state_in(trigger, below, trigger.enabled);
  });
}

}  // namespace schemadiff::parser
