#include "engine/undo.h"

#include <algorithm>
#include <map>

#include "engine/lower/table.h"
#include "engine/verify.h"
#include "schema/ddl/ddl.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

std::set<QualifiedName> tables_above(const ObjectId& partition, const Catalog& catalog) {
  std::set<QualifiedName> above;
  for (const Table* table = catalog.table(catalog.tables.at(partition).partition_of); table;
       table = catalog.table(table->partition_of))
    above.insert({table->id.schema, table->id.name});
  return above;
}

// A partition is attached to a table that has its columns and checks: what the plan does to those
// of the tables above before the partition goes is undone before it is attached. The first such
// operation; the drop itself where there is none.
Operation& attaches_again(std::vector<Operation>& operations, Operation& drop,
                          const Context& context) {
  if (drop.role != Role::Drop || drop.object.kind != Kind::Table) return drop;
  const std::set<QualifiedName> above = tables_above(drop.object, context.from);
  for (Operation* earlier = operations.data(); !above.empty() && earlier != &drop; ++earlier) {
    const ObjectId& id = earlier->object;
    if (earlier->sql.empty() || !above.contains({id.schema, id.parent})) continue;
    const auto constraint = context.to.constraints.find(id);
    if (id.kind == Kind::Column ||
        (constraint != context.to.constraints.end() && constraint->second.contype == 'c'))
      return *earlier;
  }
  return drop;
}

// The partitions that are attached later than they come back, with the operation that does it.
std::map<ObjectId, Operation*> attached_late(std::vector<Operation>& operations,
                                             const Context& context) {
  std::map<ObjectId, Operation*> late;
  for (Operation& operation : operations)
    if (Operation& last = attaches_again(operations, operation, context); &last != &operation)
      late.emplace(operation.object, &last);
  return late;
}

// A part that goes away with two objects, or by itself before, goes with the first: its undo is the
// last to run.
void bring_parts_back(std::vector<Operation>& operations, const Context& context) {
  const std::map<ObjectId, Operation*> late = attached_late(operations, context);
  std::vector<std::pair<Operation*, Statements>> attached;  // after the partitions
  std::set<ObjectId> gone;
  for (Operation& operation : operations) {
    const auto place = operation.role == Role::Drop ? late.find(operation.object) : late.end();
    Operation& last = place == late.end() ? operation : *place->second;
    for (Part& part : operation.parts) {
      if (!gone.insert(part.object).second) continue;
      append(operation.undo, std::move(part.made));
      const auto with = late.find(table_id(owner_of(*context.from.find(part.object))));
      Operation* both_there = with == late.end() ? &last : std::min(&last, with->second);
      attached.emplace_back(both_there, std::move(part.attached));
    }
    append(last.undo, std::move(operation.undo_after_parts));
    if (&last != &operation)
      operation.undo_note += " It is attached when what changed its table before is undone.";
    if (operation.role == Role::Drop && !operation.undo.empty()) gone.insert(operation.object);
  }
  for (auto& [operation, sql] : attached) append(operation->undo, std::move(sql));
}

void move_foreign_keys_behind_keys(std::vector<Operation>& operations, const Context& context) {
  std::map<UniqueColumns, Operation*> first_made;
  for (Operation& operation : operations) {
    if (operation.makes_unique && !operation.sql.empty())
      first_made.emplace(*operation.makes_unique, &operation);
    if (operation.role != Role::Drop || operation.object.kind != Kind::Constraint) continue;
    const Constraint& constraint = context.from.constraints.at(operation.object);
    if (constraint.contype != 'f') continue;
    const auto made = first_made.find(
        {constraint.referenced_table,
         {constraint.referenced_columns.begin(), constraint.referenced_columns.end()}});
    if (made == first_made.end() || operation.undo.empty()) continue;
    append(made->second->undo, std::move(operation.undo));
    operation.undo.clear();
    operation.undo_note = "Comes back when the new key, on which it could settle, is undone.";
  }
}

// The undo of an exchange of columns begins with a fill that commits as it goes, and with what is
// built on the column that is filled. What was made again in the transaction of the exchange has to
// stand until that is over: applications are at work. So the fill is the first to be undone of that
// transaction, once the column is there that it fills.
void prepare_before_anything_goes(std::vector<Operation>& operations) {
  for (std::size_t i = 0; i < operations.size(); ++i) {
    Operation& swap = operations[i];
    const auto last = std::find_if(swap.undo.rbegin(), swap.undo.rend(), is_online);
    if (!swap.retypes || swap.transaction == 0 || last == swap.undo.rend()) continue;
    ObjectId old_column = swap.object;
    old_column.name = old_type_name(swap.object.name);
    Operation* first = nullptr;
    for (std::size_t k = i + 1; k < operations.size(); ++k) {
      Operation& later = operations[k];
      if (later.transaction != swap.transaction || later.sql.empty()) continue;
      first = &later;
      if (later.role == Role::Drop && later.object == old_column) break;
    }
    if (!first) continue;
    const auto place = first->object == old_column ? first->undo.end() : first->undo.begin();
    first->undo.insert(place, swap.undo.begin(), last.base());
    swap.undo.erase(swap.undo.begin(), last.base());
  }
}

}  // namespace

bool is_online(const std::string& statement) {
  return runs_alone(statement) || statement.find(" VALIDATE CONSTRAINT ") != std::string::npos;
}

void settle_undo(Ordered& ordered, const Context& context) {
  bring_parts_back(ordered.operations, context);
  move_foreign_keys_behind_keys(ordered.operations, context);
  prepare_before_anything_goes(ordered.operations);
}

}  // namespace schemadiff::engine
