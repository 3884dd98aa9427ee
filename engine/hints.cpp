#include "engine/hints.h"

#include <algorithm>

#include "diff/replace.h"
#include "engine/lower/partition.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

// Null: an UPDATE of the table updates its rows, and that alone (rewriteHandler.c).
const Rule* rule_on_update(const Table& table, const Context& context) {
  const QualifiedName name{table.id.schema, table.id.name};
  for (const Children* children : {&context.children, &context.new_children}) {
    const auto found = children->find(name);
    if (found == children->end()) continue;
    for (const Object* child : found->second) {
      if (child->id.kind != Kind::Rule) continue;
      const auto& rule = static_cast<const Rule&>(*child);
      if (rule.event == "UPDATE" && rule.enabled != 'D') return &rule;
    }
  }
  return nullptr;
}

}  // namespace

std::string refuses_updates(const Table& table, const Context& context) {
  if (context.refuses_updates(table))
    return "the table is published and has no replica identity, or not throughout: it refuses "
           "updates";
  if (const Rule* rule = rule_on_update(table, context))
    return describe(rule->id) + " makes something else of updates";
  return {};
}

namespace {

// But for what every column of a partition has from that of its table.
bool has_settings_of(const Column& part, const Column& whole) {
  return part.default_value == whole.default_value && part.not_null == whole.not_null &&
         part.storage == whole.storage && part.compression == whole.compression &&
         part.statistics == whole.statistics && part.options == whole.options &&
         part.acl->empty() && part.comment.empty() && part.security_labels.empty();
}

}  // namespace

std::string shares_columns(const Table& table, const Context& context) {
  const QualifiedName name{table.id.schema, table.id.name};
  if (!table.server.empty()) return "it is a foreign table";
  if (!table.partition_of.empty() || !table.inherits.empty() || !table.of_type.empty())
    return "the table has its columns from another";
  const bool partitioned = !table.partition_key.strategy.empty();
  if (!partitioned && (context.heirs.contains(name) || context.old_heirs.contains(name)))
    return "other tables have their columns from this one";
  if (!partitioned) return refuses_updates(table, context);
  for (const Heirs* heirs : {&context.old_heirs, &context.heirs})
    for (const Table* part : all_below(table, *heirs)) {
      if (!part->server.empty()) return describe(part->id) + " is a foreign table";
      if (std::string reason = refuses_updates(*part, context); !reason.empty()) return reason;
    }
  return {};
}

std::string settings_of_partitions(const Table& table, const std::string& column,
                                   const Context& context) {
  for (const Heirs* heirs : {&context.old_heirs, &context.heirs}) {
    const Catalog& catalog = heirs == &context.heirs ? context.to : context.from;
    const Table* root = catalog.table({table.id.schema, table.id.name});
    const Column* of_root = root ? root->find(column) : nullptr;
    if (!of_root) continue;
    for (const Table* part : all_below(*root, *heirs)) {
      const Column* own = part->find(column);
      if (own && !has_settings_of(*own, *of_root))
        return describe(part->id) + " has settings of its own for the column";
    }
  }
  return {};
}

bool is_partition_key(const Table& table, const std::string& column, const Context& context) {
  if (diff::in_partition_key(table, column)) return true;
  const auto parts = all_below(table, context.old_heirs);
  return std::ranges::any_of(
      parts, [&](const Table* part) { return diff::in_partition_key(*part, column); });
}

bool has_replica_identity(const Table& table, const Children& children) {
  const char mode = table.replica_identity.mode;
  if (mode != 'd') return mode != 'n';
  const auto found = children.find({table.id.schema, table.id.name});
  return found != children.end() && std::ranges::any_of(found->second, [](const Object* child) {
           if (child->id.kind != Kind::Constraint) return false;
           const auto& constraint = static_cast<const Constraint&>(*child);
           return constraint.contype == 'p' && !constraint.deferrable;
         });
}

std::vector<std::string> idle_backfills(const Context& context, const Plan& plan) {
  std::vector<std::string> sentences;
  for (const auto& hinted : context.to.hints) {
    const ObjectId& id = hinted.first;
    if (id.kind != Kind::Column || !context.to.hint(id, "backfill")) continue;
    const Table* before = context.from.table(table_name(id));
    const Table* after = context.to.table(table_name(id));
    if (!before || !before->find(id.name) || !after || !after->find(id.name) ||
        after->find(id.name)->not_null)
      continue;
    if (std::ranges::none_of(plan.steps,
                             [&](const Step& step) { return step.backfill && step.object == id; }))
      sentences.push_back("The backfill of " + describe(id) +
                          " fills nothing: the column is there already, and it may be NULL.");
  }
  return sentences;
}

}  // namespace schemadiff::engine
