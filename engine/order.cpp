#include "engine/order.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "schema/graph.h"
#include "schema/made_up_names.h"
#include "schema/owner.h"

namespace schemadiff::engine {
namespace {

using namespace schema;

constexpr std::size_t kKinds = 256;  // more than Kind can have

using Places = std::unordered_map<ObjectId, std::vector<std::size_t>, ObjectIdHash>;

std::string relation_name(const std::string& schema, const std::string& name) {
  return "r " + schema + '.' + name;
}

void add_identity_sequence(const Column& column, std::vector<std::string>& names) {
  if (!column.identity_sequence.empty())
    names.push_back(
        relation_name(column.identity_sequence->schema, column.identity_sequence->name));
}

// What may not be taken twice: names of relations (indexes of constraints and sequences of identity
// columns included) and types, which share pg_class and pg_type; names of functions and aggregates;
// a table's place for a primary key.
std::vector<std::string> claimed_names(const ObjectId& id, const Catalog& catalog) {
  const std::string relation = relation_name(id.schema, id.name);
  switch (id.kind) {
    case Kind::Routine:
    case Kind::Aggregate:
      return {"f " + id.schema + '.' + id.name + '(' + id.args + ')'};
    case Kind::Constraint: {
      const auto found = catalog.constraints.find(id);
      if (found == catalog.constraints.end() || !found->second.has_index()) return {};
      if (found->second.contype == 'p') return {relation, "p " + id.schema + '.' + id.parent};
      return {relation};
    }
    case Kind::Enum:
    case Kind::Domain:
    case Kind::Composite:
    case Kind::BaseType:
    case Kind::Sequence:
    case Kind::View:
    case Kind::MaterializedView:
    case Kind::Index:
      return {relation};
    case Kind::Range: {
      const auto found = catalog.ranges.find(id);
      if (found == catalog.ranges.end()) return {relation};
      return {relation,
              relation_name(found->second.multirange.schema, found->second.multirange.name)};
    }
    case Kind::Table: {
      std::vector<std::string> names{relation};
      if (const Table* table = catalog.table({id.schema, id.name}))
        for (const Column& column : table->columns) add_identity_sequence(column, names);
      return names;
    }
    case Kind::Column: {
      std::vector<std::string> names;
      const Table* table = catalog.table({id.schema, id.parent});
      if (const Column* column = table ? table->find(id.name) : nullptr)
        add_identity_sequence(*column, names);
      return names;
    }
    default:
      return {};
  }
}

class Edges {
 public:
  Edges(const std::vector<Operation>& operations, const Context& context)
      : operations_(operations), context_(context), before_(operations.size()) {
    for (std::size_t i = 0; i < operations.size(); ++i) {
      const Operation& operation = operations[i];
      const ObjectId& id = operation.object;
      if (operation.role == Role::Drop) drops_[id].push_back(i);
      if (operation.role == Role::Make || operation.role == Role::Alter) makes_[id].push_back(i);
      if (operation.role == Role::Finish) finishes_[id].push_back(i);
      if (operation.retypes) retypes_[id].push_back(i);
      if (id.kind == Kind::Column &&
          (operation.retypes || operation.role == Role::Make || operation.role == Role::Drop))
        rewrites_[row_type_id(table_id(id))].push_back(i);
      if (operation.role == Role::Drop)
        for (std::string& name : claimed_names(id, context.from)) freed_[name].push_back(i);
      if (operation.role == Role::Drop && is_called(id.kind) && !context.to.find(id))
        overloads_[{id.schema, id.name}].push_back(i);
      for (const ObjectId& part : operation.frees)
        for (std::string& name : claimed_names(part, context.from)) freed_[name].push_back(i);
    }
  }

  std::vector<std::vector<std::size_t>> build(const std::vector<std::size_t>& starts) {
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      follow_references(i);
      precede_removals(i);
      follow_own(i);
      if (operations_[i].last) follow_all(i);
      if (operations_[i].first) precede_all(i);
    }
    keep_sequences(starts);
    for (auto& before : before_) {
      std::sort(before.begin(), before.end());
      before.erase(std::unique(before.begin(), before.end()), before.end());
    }
    return std::move(before_);
  }

 private:
  void add(std::size_t before, std::size_t after) {
    if (before != after) before_[after].push_back(before);
  }
  void add_all(const Places& index, const ObjectId& id, std::size_t after) {
    if (const auto found = index.find(id); found != index.end())
      for (std::size_t i : found->second) add(i, after);
  }

  // An index, a view or a policy needs a column and its type; whether it may be NULL or has a
  // default matters to keys and to the table itself. What is built from its values waits for them;
  // what shows them waits where they were there under an old name.
  bool needs(const Operation& operation, const Operation& made) const {
    if (is_made_of(made, operation.object)) return false;
    if (made.object.kind != Kind::Column || made.role == Role::Make || made.retypes) return true;
    const Kind kind = operation.object.kind;
    if (made.op == Op::Backfill &&
        (kind == Kind::Index || context_.renamed_from.contains(made.object)))
      return true;
    // the column of a partition is there with that of its table
    if (operation.role == Role::Make && operation.sql.empty()) return false;
    return kind == Kind::Constraint || kind == Kind::Table || kind == Kind::Column ||
           kind == Kind::Default;
  }

  // What calls a function by its name finds one that goes, while that is there (CREATE FUNCTION,
  // "Overloading").
  void follow_overloads(std::size_t i) {
    const Operation& operation = operations_[i];
    for (const ObjectId& ref : operation.refs) {
      if (!is_called(ref.kind)) continue;
      const auto found = overloads_.find({ref.schema, ref.name});
      if (found == overloads_.end()) continue;
      for (std::size_t drop : found->second)
        if (std::ranges::find(operation.releases, operations_[drop].object) ==
            operation.releases.end())
          add(drop, i);
    }
  }

  // Expressions over rows make way for what rewrites such rows; those of domains as rules of them.
  static bool gives_up(const Operation& operation) {
    return operation.role == Role::Drop ||
           (operation.object.kind == Kind::Domain && operation.refs.empty());
  }
  bool comes_again(const Operation& operation) const {
    return (operation.role == Role::Make && drops_.contains(operation.object)) ||
           (operation.object.kind == Kind::Domain && operation.role == Role::Alter &&
            operation.releases.empty());
  }

  static bool are_of_one_table(const Operation& a, const Operation& b) {
    return a.object.kind == Kind::Column && b.object.kind == Kind::Column &&
           a.object.schema == b.object.schema && a.object.parent == b.object.parent;
  }

  // Of rows of the type, but for what happens to columns of one table.
  template <class Use>
  void for_each_rewrite(const ObjectId& row_type, const Operation& operation, Use use) const {
    const auto found = rewrites_.find(row_type);
    if (found == rewrites_.end()) return;
    for (std::size_t rewrite : found->second)
      if (!are_of_one_table(operations_[rewrite], operation)) use(rewrite);
  }

  // The functions that a type is made of come between its shell and its definition.
  static bool is_made_of(const Operation& type, const ObjectId& routine) {
    const bool has_shell = type.object.kind == Kind::BaseType || type.object.kind == Kind::Range;
    return has_shell && routine.kind == Kind::Routine &&
           std::find(type.refs.begin(), type.refs.end(), routine) != type.refs.end();
  }

  // What an operation's new definition refers to is there before it.
  void follow_references(std::size_t i) {
    const Operation& operation = operations_[i];
    for (const ObjectId& ref : operation.refs) {
      if (ref == operation.object && operation.role != Role::Finish) continue;
      const auto found = makes_.find(ref);
      if (found == makes_.end()) continue;
      for (std::size_t made : found->second)
        if (needs(operation, operations_[made])) add(made, i);
    }
    follow_overloads(i);
    if (comes_again(operation))
      for (const ObjectId& ref : operation.refs)
        for_each_rewrite(ref, operation, [&](std::size_t rewrite) { add(rewrite, i); });
    for (const ObjectId& id : operation.finished) add_all(finishes_, id, i);
    for (const ObjectId& id : operation.implied_by) add_all(drops_, id, i);
    for (const ObjectId& id : operation.after_drops) add_all(drops_, id, i);
  }

  // What goes away with another thing is not used any more when that goes.
  void add_before_drop(std::size_t i, std::size_t drop) {
    add(i, drop);
    if (!operations_[i].implied_by.empty()) return;
    for (const ObjectId& id : operations_[drop].implied_by)
      if (const auto found = drops_.find(id); found != drops_.end())
        for (std::size_t with : found->second)
          if (with != i) add_before_drop(i, with);
  }

  // What the old definition referred to goes away, or changes its type, only after it.
  void precede_removals(std::size_t i) {
    const Operation& operation = operations_[i];
    for (const ObjectId& ref : operation.releases) {
      if (ref == operation.object) continue;
      if (const auto found = finishes_.find(ref); found != finishes_.end())
        for (std::size_t later : found->second)
          if (is_set_aside(ref.kind)) add(i, later);
      // a type renamed aside stays usable for columns until its Finish drops it
      const bool aside = is_set_aside(ref.kind) && finishes_.contains(ref);
      if (!aside || operation.role == Role::Drop)
        if (const auto found = drops_.find(ref); found != drops_.end())
          for (std::size_t later : found->second) {
            const bool both_aside = aside && operation.object.kind != Kind::Routine &&
                                    is_set_aside(operation.object.kind) &&
                                    finishes_.contains(operation.object);
            if (!both_aside) add_before_drop(i, later);
          }
      if (operation.role == Role::Drop) follow_preparation(ref, i);
      if (operation.role == Role::Drop)
        if (const auto found = retypes_.find(ref); found != retypes_.end())
          for (std::size_t later : found->second) add(i, later);
      if (gives_up(operation))
        for_each_rewrite(ref, operation, [&](std::size_t rewrite) { add(i, rewrite); });
    }
    if (operation.role == Role::Drop && holds_not_null(operation.object))
      for (const ObjectId& ref : operation.releases)
        if (ref.kind == Kind::Column) add_all_after(makes_, ref, i);
  }

  // A column of a primary key gives up NOT NULL only without the key, one of a replica identity
  // only without its index (tablecmds.c, ATExecDropNotNull).
  bool holds_not_null(const ObjectId& id) const {
    const auto constraint = context_.from.constraints.find(id);
    if (constraint != context_.from.constraints.end() && constraint->second.contype == 'p')
      return true;
    const Object* index = context_.from.find(id);
    const Table* table = index ? context_.from.table(owner_of(*index)) : nullptr;
    return table && table->replica_identity.mode == 'i' && table->replica_identity.index == id.name;
  }

  // What an object that is replaced has as a preparation comes before its users are gone.
  void follow_preparation(const ObjectId& replaced, std::size_t i) {
    const auto found = makes_.find(replaced);
    if (found == makes_.end() || !drops_.contains(replaced)) return;
    for (std::size_t made : found->second)
      if (operations_[made].role == Role::Alter && operations_[made].own_transaction) add(made, i);
  }

  void add_all_after(const Places& index, const ObjectId& id, std::size_t before) {
    if (const auto found = index.find(id); found != index.end())
      for (std::size_t i : found->second)
        if (operations_[i].op == Op::DropNotNull) add(before, i);
  }

  // The same object, and objects under the same name: the old one goes first.
  void follow_own(std::size_t i) {
    const Operation& operation = operations_[i];
    if (operation.role == Role::Finish) {
      add_all(makes_, operation.object, i);
      return;
    }
    if (operation.role == Role::Detail) {
      add_all(makes_, operation.object, i);
      return;
    }
    if (operation.role != Role::Make) return;
    add_all(drops_, operation.object, i);
    follow_names(i, operation.object);
  }

  // The names of its parts as well: undone, a partitioned index takes them along, and then what had
  // the names comes back.
  void follow_names(std::size_t i, const ObjectId& made) {
    for (const std::string& name : claimed_names(made, context_.to))
      if (const auto found = freed_.find(name); found != freed_.end())
        for (std::size_t before : found->second) add(before, i);
    if (made.kind != Kind::Index && made.kind != Kind::Constraint) return;
    const auto parts = context_.new_children.find({made.schema, made.name});
    if (parts == context_.new_children.end()) return;
    for (const Object* part : parts->second)
      if (parent_index_of(*part) == QualifiedName{made.schema, made.name})
        follow_names(i, part->id);
  }

  // A schema is dropped after what is in it.
  void follow_all(std::size_t i) {
    for (std::size_t before = 0; before < operations_.size(); ++before) {
      const Operation& operation = operations_[before];
      const bool drops = operation.role == Role::Drop && operation.object.kind != Kind::Schema;
      const bool makes = operation.role == Role::Make || operation.op == Op::AlterIdentity;
      if (!operation.last && (drops || makes)) add(before, i);
    }
  }

  void precede_all(std::size_t i) {
    for (std::size_t later = 0; later < operations_.size(); ++later)
      if (!operations_[later].first && operations_[later].object.kind != Kind::Schema)
        add(i, later);
  }

  void keep_sequences(const std::vector<std::size_t>& starts) {
    for (std::size_t s = 0; s < starts.size(); ++s) {
      const std::size_t end = s + 1 < starts.size() ? starts[s + 1] : operations_.size();
      for (std::size_t i = starts[s] + 1; i < end; ++i)
        if (operations_[i - 1].phase <= operations_[i].phase &&
            (goes_in_turn(operations_[i]) ||
             is_altered_before(operations_[i - 1], operations_[i])) &&
            !serves_until(i - 1, i))
          add(i - 1, i);
    }
  }

  static bool goes_in_turn(const Operation& operation) {
    return operation.role != Role::Finish && operation.role != Role::Drop &&
           operation.role != Role::Detail;
  }

  // An object that serves in an altered form until it goes.
  static bool is_altered_before(const Operation& alter, const Operation& drop) {
    return alter.role == Role::Alter && drop.role == Role::Drop && alter.object == drop.object;
  }

  // The old object goes away only when this part of the new one is there.
  bool serves_until(std::size_t old, std::size_t i) const {
    const auto& releases = operations_[i].releases;
    return operations_[old].role == Role::Drop &&
           operations_[old].object != operations_[i].object &&
           std::find(releases.begin(), releases.end(), operations_[old].object) != releases.end();
  }

  // Kinds whose old form may stay for columns until they have moved, or for such another one.
  static bool is_set_aside(Kind kind) {
    return kind == Kind::Routine || kind == Kind::Enum || kind == Kind::Domain ||
           kind == Kind::Composite || kind == Kind::Range || kind == Kind::BaseType ||
           kind == Kind::Collation;
  }

  const std::vector<Operation>& operations_;
  const Context& context_;
  std::vector<std::vector<std::size_t>> before_;
  Places drops_, makes_, finishes_, retypes_;
  std::map<QualifiedName, std::vector<std::size_t>> overloads_;  // that go, by name
  Places rewrites_;  // by the row type: other types in its rows, or columns that are written to all
  std::unordered_map<std::string, std::vector<std::size_t>> freed_;
};

// A phase is never earlier than that of what the operation waits for; a drop and the creation that
// makes up for it belong to the same phase.
void settle_phases(std::vector<Operation>& operations,
                   const std::vector<std::vector<std::size_t>>& before) {
  std::unordered_map<ObjectId, std::size_t, ObjectIdHash> made;
  for (std::size_t i = 0; i < operations.size(); ++i)
    if (operations[i].role == Role::Make) made.emplace(operations[i].object, i);
  for (bool settled = false; !settled;) {
    settled = true;
    const auto raise = [&](Operation& operation, Phase phase) {
      if (operation.phase >= phase) return;
      operation.phase = phase;
      settled = false;
    };
    for (std::size_t i = 0; i < operations.size(); ++i) {
      for (std::size_t earlier : before[i]) raise(operations[i], operations[earlier].phase);
      if (operations[i].role != Role::Drop) continue;
      const auto pair = made.find(operations[i].object);
      if (pair == made.end()) continue;
      raise(operations[i], operations[pair->second].phase);
      raise(operations[pair->second], operations[i].phase);
    }
  }
}

// Objects by kind and name; columns as they stand in their table, foreign keys that take names
// last.
class ByPlace {
 public:
  ByPlace(const std::vector<Operation>& operations, const Context& context)
      : operations_(operations), places_(operations.size()) {
    for (std::size_t i = 0; i < operations.size(); ++i) {
      const ObjectId& id = operations[i].object;
      const Catalog& catalog = operations[i].role == Role::Drop ? context.from : context.to;
      if (const auto key = catalog.constraints.find(id); key != catalog.constraints.end())
        places_[i] = takes_made_up_names(key->second, catalog) ? 1 : 0;
      if (id.kind != Kind::Column) continue;
      const Table* table = catalog.table({id.schema, id.parent});
      const Column* column = table ? table->find(id.name) : nullptr;
      if (column) places_[i] = static_cast<std::size_t>(column - table->columns.data());
    }
  }
  bool operator()(std::size_t a, std::size_t b) const {
    const ObjectId &x = operations_[a].object, &y = operations_[b].object;
    const bool siblings = x.kind == y.kind &&
                          (x.kind == Kind::Column || x.kind == Kind::Constraint) &&
                          x.schema == y.schema && x.parent == y.parent;
    return siblings ? std::tie(places_[a], x.name) < std::tie(places_[b], y.name) : x < y;
  }

 private:
  const std::vector<Operation>& operations_;
  std::vector<std::size_t> places_;
};

// Whether the object goes away for good.
bool is_removal(const Operation& operation, bool replaced) {
  if (operation.role == Role::Drop) return !replaced;
  return operation.role == Role::Finish && operation.sql.size() == 1 &&
         operation.sql[0].starts_with("DROP ");
}

// Removals in the reverse of the order in which all of them would be created, so that the way back
// is a good order of creation. Bodies of functions that are strings have no edges: creation by kind
// is what makes functions exist before the indexes that call them.
std::vector<std::size_t> removal_order(const std::vector<std::vector<std::size_t>>& before,
                                       const ByPlace& by_place, std::vector<std::size_t> removals) {
  std::stable_sort(removals.begin(), removals.end(), by_place);
  std::unordered_map<std::size_t, std::size_t> place;
  for (std::size_t i = 0; i < removals.size(); ++i) place[removals[i]] = i;
  std::vector<std::vector<std::size_t>> creation(removals.size());
  for (std::size_t i = 0; i < removals.size(); ++i)
    for (std::size_t earlier : before[removals[i]])
      if (const auto found = place.find(earlier); found != place.end())
        creation[found->second].push_back(i);
  std::vector<std::size_t> cycle;
  std::vector<std::size_t> sorted = topological_order(creation, cycle);
  sorted.insert(sorted.end(), cycle.begin(), cycle.end());
  std::vector<std::size_t> order;
  for (auto node = sorted.rbegin(); node != sorted.rend(); ++node) order.push_back(removals[*node]);
  return order;
}

// Creations by kind; removals last.
std::vector<std::size_t> ranks_of(const std::vector<Operation>& operations,
                                  const std::vector<std::vector<std::size_t>>& before,
                                  const ByPlace& by_place) {
  std::unordered_set<ObjectId, ObjectIdHash> made;
  for (const Operation& operation : operations)
    if (operation.role == Role::Make) made.insert(operation.object);
  std::vector<std::size_t> ranks(operations.size());
  std::vector<std::size_t> removals;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const Operation& operation = operations[i];
    ranks[i] = static_cast<std::size_t>(operation.object.kind) +
               (operation.role == Role::Finish ? kKinds : 0);
    if (is_removal(operation, made.contains(operation.object))) removals.push_back(i);
  }
  std::size_t next = 2 * kKinds;
  for (std::size_t i : removal_order(before, by_place, std::move(removals))) ranks[i] = next++;
  return ranks;
}

}  // namespace

Ordered order(std::vector<Operation> operations, const std::vector<std::size_t>& starts,
              const Context& context) {
  auto before = Edges(operations, context).build(starts);
  settle_phases(operations, before);

  std::vector<std::size_t> by_priority(operations.size());
  std::iota(by_priority.begin(), by_priority.end(), std::size_t{0});
  const ByPlace by_place(operations, context);
  const std::vector<std::size_t> ranks = ranks_of(operations, before, by_place);
  std::stable_sort(by_priority.begin(), by_priority.end(), [&](std::size_t a, std::size_t b) {
    const Operation& x = operations[a];
    const Operation& y = operations[b];
    return std::tie(x.phase, ranks[a]) != std::tie(y.phase, ranks[b])
               ? std::tie(x.phase, ranks[a]) < std::tie(y.phase, ranks[b])
               : by_place(a, b);
  });
  std::vector<std::size_t> place(operations.size());
  for (std::size_t i = 0; i < by_priority.size(); ++i) place[by_priority[i]] = i;
  std::vector<std::vector<std::size_t>> edges(operations.size());
  for (std::size_t i = 0; i < operations.size(); ++i)
    for (std::size_t earlier : before[i]) edges[place[i]].push_back(place[earlier]);

  Ordered result;
  std::vector<std::size_t> cycle;
  std::vector<std::size_t> sorted = topological_order(edges, cycle);
  for (std::size_t node : cycle) result.cycle.push_back(operations[by_priority[node]].object);
  sorted.insert(sorted.end(), cycle.begin(), cycle.end());
  std::vector<std::size_t> position(operations.size());
  for (std::size_t i = 0; i < sorted.size(); ++i) position[sorted[i]] = i;
  for (std::size_t node : sorted) {
    std::vector<std::size_t> after;
    for (std::size_t earlier : edges[node])
      if (position[earlier] < result.operations.size()) after.push_back(position[earlier]);
    std::sort(after.begin(), after.end());
    result.after.push_back(std::move(after));
    result.operations.push_back(std::move(operations[by_priority[node]]));
  }
  return result;
}

}  // namespace schemadiff::engine
