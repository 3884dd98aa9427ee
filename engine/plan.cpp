#include "engine/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/catalog_checks.h"
#include "engine/estimate.h"
#include "engine/hints.h"
#include "engine/left_as_is.h"
#include "engine/lower/lower.h"
#include "engine/order.h"
#include "engine/pre_checks.h"
#include "engine/rules/rules.h"
#include "engine/suggestions.h"
#include "engine/transactions.h"
#include "engine/undo.h"

namespace schemadiff::engine {

using namespace schema;

std::string_view to_string(Phase phase) {
  constexpr std::string_view kNames[] = {"expand", "migrate", "contract"};
  return kNames[static_cast<std::size_t>(phase)];
}

std::string_view to_string(Risk risk) {
  constexpr std::string_view kNames[] = {"low", "medium", "high"};
  return kNames[static_cast<std::size_t>(risk)];
}

namespace {

constexpr std::string_view kObstacles[] = {"nulls",      "duplicates", "orphans",
                                           "violations", "misfits",    "removed-values"};

}  // namespace

std::string_view to_string(Obstacle obstacle) {
  return kObstacles[static_cast<std::size_t>(obstacle)];
}

std::optional<Obstacle> obstacle_of(std::string_view word) {
  const auto found = std::find(std::begin(kObstacles), std::end(kObstacles), word);
  if (found == std::end(kObstacles)) return std::nullopt;
  return static_cast<Obstacle>(found - std::begin(kObstacles));
}

std::string in_words(Obstacle obstacle, std::int64_t found, std::string_view type) {
  struct Words {
    std::string_view one, many;
  };
  constexpr Words kWords[] = {
      {"row is NULL in the column", "rows are NULL in the column"},
      {"key is there more than once", "keys are there more than once"},
      {"row refers to nothing", "rows refer to nothing"},
      {"row breaks the constraint", "rows break the constraint"},
      {"value does not fit", "values do not fit"},
      {"row has a value that is not in", "rows have a value that is not in"}};
  const Words& words = kWords[static_cast<std::size_t>(obstacle)];
  const bool of_type = obstacle == Obstacle::Misfit || obstacle == Obstacle::RemovedValue;
  return fmt::format("{} {}{}", found, found == 1 ? words.one : words.many,
                     of_type ? fmt::format(" the {} type", type) : std::string());
}

namespace {

Ordered lower_and_order(const Context& context) {
  Operations operations;
  std::vector<std::size_t> starts;
  for (const diff::Change& change : context.changes) {
    starts.push_back(operations.size());
    lower(change, context, operations);
    for (std::size_t i = starts.back(); i < operations.size(); ++i) operations[i].change = &change;
  }
  for (const RenamedTable& renamed : context.options.renamed) {
    starts.push_back(operations.size());
    lower_table_rename(renamed, context, operations);
  }
  starts.push_back(operations.size());
  lower_value_renames(context, operations);
  return order(std::move(operations), starts, context);
}

std::string note_of_circle(const std::vector<ObjectId>& cycle) {
  std::set<std::string> names;
  for (const ObjectId& id : cycle) names.insert(describe(id));
  return fmt::format(
      "The changes of {} wait for each other: try the order of their steps on a copy first.",
      fmt::join(names, ", "));
}

// First the plain way; where operations wait for each other in a circle, foreign keys, rules and
// policies are dropped and defaults of new tables set in steps of their own.
Ordered order_without_cycles(Context& context) {
  Ordered ordered = lower_and_order(context);
  if (ordered.cycle.empty()) return ordered;
  context.drops_links_apart = true;
  for (const ObjectId& id : ordered.cycle)
    if (id.kind == Kind::Table) context.late_defaults.insert(id);
  ordered = lower_and_order(context);
  if (!ordered.cycle.empty()) context.notes.push_back(note_of_circle(ordered.cycle));
  return ordered;
}

// Constraints, indexes and the like of a new table join its step when nothing else has to come
// between.
void fold_into_new_tables(Ordered& ordered, const Context& context) {
  std::map<QualifiedName, std::size_t> tables;
  std::vector<std::size_t> folded_into(ordered.operations.size());
  for (std::size_t i = 0; i < ordered.operations.size(); ++i) {
    folded_into[i] = i;
    Operation& operation = ordered.operations[i];
    const ObjectId& id = operation.object;
    if (operation.role == Role::Make && id.kind == Kind::Table) tables[{id.schema, id.name}] = i;
    if (operation.role != Role::Make || operation.sql.empty()) continue;
    QualifiedName table = table_name(id);
    if (const auto found = context.to.statistics.find(id); found != context.to.statistics.end())
      table = found->second.table;
    else if (const auto index = context.to.indexes.find(id); index != context.to.indexes.end())
      table = index->second.table;
    const auto found = tables.find(table);
    if (found == tables.end()) continue;
    Operation& owner = ordered.operations[found->second];
    if (owner.phase != operation.phase || !runs_in_transaction(operation.op) ||
        operation.own_transaction)
      continue;
    const auto& after = ordered.after[i];
    if (!std::all_of(after.begin(), after.end(),
                     [&](std::size_t e) { return folded_into[e] <= found->second; }))
      continue;
    append(owner.sql, std::move(operation.sql));
    operation.sql.clear();
    owner.rules.insert(owner.rules.end(), operation.rules.begin(), operation.rules.end());
    owner.unproven = owner.unproven || operation.unproven;
    owner.also.push_back({operation.op, std::move(operation.relations)});
    owner.also.insert(owner.also.end(), operation.also.begin(), operation.also.end());
    folded_into[i] = found->second;
  }
  for (std::size_t i = 0; i < ordered.operations.size(); ++i) {
    for (std::size_t& earlier : ordered.after[i]) earlier = folded_into[earlier];
  }
}

// Whether the object's end is not in the steps of its own change: a column goes with that of a
// table above, and what earlier runs made goes with the column that it is for.
bool ends_elsewhere(const ObjectId& id, const Context& context) {
  if (context.own_objects.contains(id)) return true;
  const Table* table = id.kind == Kind::Column ? context.to.table(table_name(id)) : nullptr;
  return table && (!table->partition_of.empty() || !table->inherits.empty());
}

// A change has taken when its last step has run. `step_of`: by operation, from 1; 0: none.
void add_post_checks(const Operations& operations, const std::vector<std::size_t>& step_of,
                     const Context& context, Plan& plan) {
  std::vector<std::size_t> last(context.changes.size());
  for (std::size_t i = 0; i < operations.size(); ++i)
    for (const diff::Change* change : {operations[i].change, context.change(operations[i].object)})
      if (change) {
        std::size_t& step = last[static_cast<std::size_t>(change - context.changes.data())];
        step = std::max(step, step_of[i]);
      }
  for (std::size_t i = 0; i < last.size(); ++i)
    if (last[i] != 0 && !ends_elsewhere(context.changes[i].id, context))
      for (CatalogCheck& check : catalog_checks(context.changes[i].id, context.to))
        plan.steps[last[i] - 1].post_checks.push_back(std::move(check));
}

// What an earlier operation dropped is not locked by a later one.
void forget_dropped(std::vector<Operation>& operations) {
  std::set<std::string> dropped;
  const auto forget = [&](std::vector<std::string>& relations) {
    std::erase_if(relations, [&](const std::string& name) { return dropped.contains(name); });
  };
  for (Operation& operation : operations) {
    forget(operation.relations);
    for (Locked& locked : operation.also) forget(locked.relations);
    note_dropped(operation, dropped);
  }
}

Risk risk_of(const std::vector<RuleHit>& rules) {
  Risk risk = Risk::Low;
  for (const RuleHit& hit : rules)
    if (hit.silenced.empty()) risk = std::max(risk, hit.risk);
  return risk;
}

// The path for names that analysis could not qualify; none where all names are.
std::vector<std::string> search_path_of(const Catalog& catalog) {
  std::vector<std::string> path;
  for (const auto& each : catalog.search_paths)
    for (const std::string& schema : each)
      if (std::find(path.begin(), path.end(), schema) == path.end()) path.push_back(schema);
  return path;
}

}  // namespace

std::string title(const Object& object) {
  std::string text = describe(object.id);
  if (object.id.kind != Kind::Routine || static_cast<const Routine&>(object).prokind != 'p')
    return text;
  return "procedure" + text.substr(kind_label(Kind::Routine).size());
}

std::string title(const ObjectId& id, const Catalog& from, const Catalog& to) {
  for (const Catalog* catalog : {&to, &from})
    if (const auto found = catalog->routines.find(id); found != catalog->routines.end())
      return title(found->second);
  return describe(id);
}

Plan plan(const Catalog& from, const Catalog& to, const std::vector<diff::Change>& changes,
          const PlanOptions& options) {
  Context context(from, to, options, changes);
  Ordered ordered = order_without_cycles(context);
  settle_transactions(ordered, context);
  add_pre_checks(ordered.operations, context);
  assess(ordered.operations, context);
  fold_into_new_tables(ordered, context);
  settle_undo(ordered, context);
  add_undo_checks(ordered.operations, context);
  forget_dropped(ordered.operations);

  Plan result;
  result.notes = context.notes;
  schema::append(result.notes, suggest_renames(context));
  result.search_path = search_path_of(to);
  std::vector<std::size_t> step_of(ordered.operations.size());  // 1 + index; 0: has no step
  int transaction = 0;  // of the operation before; some have become part of others
  int transactions = 0;
  std::set<std::string> measures;  // that times of steps are worked out from
  for (std::size_t i = 0; i < ordered.operations.size(); ++i) {
    Operation& operation = ordered.operations[i];
    if (operation.sql.empty()) continue;
    Step step;
    step.id = fmt::format("s{:03}", result.steps.size() + 1);
    step.phase = operation.phase;
    step.object = operation.object;
    step.title = operation.role == Role::Drop ? title(operation.object, to, from)
                                              : title(operation.object, from, to);
    step.sql = std::move(operation.sql);
    step.undo = std::move(operation.undo);
    step.undo_note = std::move(operation.undo_note);
    step.undo_loses = operation.undo_loses;
    step.reversible = operation.reversible;
    step.why = std::move(operation.why);
    step.rules = std::move(operation.rules);
    step.risk = risk_of(step.rules);
    result.risk = std::max(result.risk, step.risk);
    if (const std::optional<Effort> needed = effort(operation, context)) {
      step.seconds = estimate(*needed, options);
      if (needed->amount > 0) measures.insert(needed->measure);
    }
    step.lock = claim(locks_of(operation));
    step.pre_checks = std::move(operation.pre_checks);
    step.undo_checks = std::move(operation.undo_checks);
    step.backfill = std::move(operation.backfill);
    step.in_transaction = runs_in_transaction(operation.op);
    step.unproven = operation.unproven;
    if (operation.transaction != transaction) ++transactions;
    transaction = operation.transaction;
    step.transaction = transactions;
    step.span = operation.span;
    for (std::size_t earlier : ordered.after[i])
      if (step_of[earlier] != 0 && step_of[earlier] != result.steps.size() + 1)
        step.after.push_back(step_of[earlier] - 1);
    std::sort(step.after.begin(), step.after.end());
    step.after.erase(std::unique(step.after.begin(), step.after.end()), step.after.end());
    result.steps.push_back(std::move(step));
    step_of[i] = result.steps.size();
  }
  add_post_checks(ordered.operations, step_of, context, result);
  result.longest_hold = longest_hold(result.steps);
  schema::append(result.notes, left_as_is(context));
  schema::append(result.notes, idle_backfills(context, result));
  if (std::string told = told_rates(measures, options); !told.empty())
    result.notes.push_back(std::move(told));
  return result;
}

}  // namespace schemadiff::engine
