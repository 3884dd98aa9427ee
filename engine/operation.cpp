#include "engine/operation.h"

#include <algorithm>
#include <cctype>

#include "engine/enum_values.h"
#include "engine/hints.h"
#include "engine/lower/lower.h"
#include "engine/lower/partition.h"
#include "engine/lower/repartition.h"
#include "engine/renames.h"
#include "engine/retypes.h"
#include "engine/row_types.h"
#include "engine/stand_ins.h"
#include "schema/made_up_names.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

// How modes rise; none before all.
constexpr std::string_view kModes[] = {
    "",          "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE", "SHARE", "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE", "ACCESS EXCLUSIVE"};

std::size_t strength(std::string_view mode) {
  return static_cast<std::size_t>(std::find(std::begin(kModes), std::end(kModes), mode) -
                                  std::begin(kModes));
}

constexpr OpFacts kOps[] = {
#define OP(name, mode, scans, rewrites) {mode, scans, rewrites},
#include "engine/ops.def"
};

constexpr Op kOutsideTransactions[] = {
#define OUTSIDE(name) Op::name,
#include "engine/ops.def"
};

// What stands on each relation, and the partitions' indexes on each partitioned index.
void collect_children(const Catalog& catalog, Children& children) {
  for (const auto& [id, sequence] : catalog.sequences)
    if (!sequence.owned_by.table.empty()) children[sequence.owned_by.table].push_back(&sequence);
  const auto add_constraints = [&](bool foreign, bool late) {
    for (const auto& [id, constraint] : catalog.constraints) {
      if ((constraint.contype == 'f') != foreign ||
          takes_made_up_names(constraint, catalog) != late)
        continue;
      children[{id.schema, id.parent}].push_back(&constraint);
      if (!constraint.parent_index.empty())
        children[constraint.parent_index].push_back(&constraint);
    }
  };
  add_constraints(false, false);
  for (const auto& [id, index] : catalog.indexes) {
    children[index.table].push_back(&index);
    if (!index.parent_index.empty()) children[index.parent_index].push_back(&index);
  }
  add_constraints(true, false);
  add_constraints(true, true);
  for (const auto& [id, statistics] : catalog.statistics)
    children[statistics.table].push_back(&statistics);
  for (const auto& [id, rule] : catalog.rules) children[{id.schema, id.parent}].push_back(&rule);
  for (const auto& [id, trigger] : catalog.triggers)
    children[{id.schema, id.parent}].push_back(&trigger);
  for (const auto& [id, policy] : catalog.policies)
    children[{id.schema, id.parent}].push_back(&policy);
}

void collect_attached(Context& context) {
  for (const diff::Change& change : context.changes) {
    if (change.action == diff::Action::Drop) continue;
    QualifiedName parent;
    if (change.id.kind == Kind::Index)
      parent = context.to.indexes.at(change.id).parent_index;
    else if (change.id.kind == Kind::Constraint)
      parent = context.to.constraints.at(change.id).parent_index;
    if (!parent.empty()) context.attached[parent].push_back(change.id);
  }
}

void collect_heirs(const Catalog& catalog, Heirs& heirs) {
  for (const auto& [id, table] : catalog.tables) {
    if (!table.partition_of.empty()) heirs[table.partition_of].push_back(&table);
    for (const QualifiedName& parent : table.inherits) heirs[parent].push_back(&table);
  }
}

void collect_changes_by_table(Context& context) {
  for (const diff::Change& change : context.changes) {
    const ObjectId& id = change.id;
    if (id.kind == Kind::Column || id.kind == Kind::Constraint)
      context.changes_by_table[{id.schema, id.parent}].push_back(id);
    if (id.kind != Kind::Index) continue;
    if (const auto index = context.to.indexes.find(id); index != context.to.indexes.end())
      context.changes_by_table[index->second.table].push_back(id);
  }
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

void collect_routines(Context& context) {
  for (const auto& [id, routine] : context.to.routines) {
    const std::string& body = routine.body;
    for (auto at = body.begin(); at != body.end();) {
      const auto begin = std::find_if(at, body.end(), is_word);
      at = std::find_if_not(begin, body.end(), is_word);
      if (begin == at) break;
      auto& named_in = context.routines_by_word[std::string(begin, at)];
      if (named_in.empty() || named_in.back() != &routine) named_in.push_back(&routine);
    }
  }
  const auto collect_users = [&](const auto& objects) {
    for (const auto& [id, object] : objects)
      for (const ObjectId& ref : object.refs)
        if (ref.kind == Kind::Routine) context.users_of_routine[ref].push_back(&object);
  };
  collect_users(context.to.indexes);
  collect_users(context.to.constraints);
}

void collect_referred(Context& context) {
  const auto add = [&](const Object& object, const std::vector<ObjectId>& refs) {
    for (const ObjectId& ref : refs)
      if ((ref.kind == Kind::Routine || ref.kind == Kind::View) && ref != object.id &&
          object.id.parent != ref.name)
        context.referred.insert(ref);
  };
  for (const Catalog* catalog : {&context.from, &context.to}) {
    catalog->for_each([&](const Object& object) { add(object, object.refs); });
    for (const auto& [id, table] : catalog->tables)
      for (const Column& column : table.columns) {
        add(table, column.refs);
        add(table, column.default_refs);
      }
  }
}

void collect_published(const Catalog& catalog, Published& published) {
  for (const auto& [id, publication] : catalog.publications) {
    published.all_tables = published.all_tables || publication.all_tables;
    published.schemas.insert(publication.schemas.begin(), publication.schemas.end());
    for (const PublishedTable& table : publication.tables)
      published.tables[table.table].push_back(&table);
  }
}

void collect_partitioned(Context& context) {
  for (const auto& [id, table] : context.from.tables)
    if (table.bound.sql == "DEFAULT") context.default_partitions[table.partition_of] = &table;
  for (const auto& [id, constraint] : context.from.constraints)
    if (constraint.contype == 'f')
      context.referring[constraint.referenced_table].push_back(&constraint);
  for (const auto& [id, table] : context.to.tables)
    for (const KeyElement& element : table.partition_key.elements)
      if (const Column* column = table.find(element.column))
        for (const ObjectId& ref : column->refs) context.partitioned_by[ref].push_back(&table);
}

template <class Map>
const auto& found_in(const Map& map, const QualifiedName& name) {
  static const typename Map::mapped_type kNone;
  const auto found = map.find(name);
  return found == map.end() ? kNone : found->second;
}

bool publishes(const Published& published, const Catalog& catalog, const QualifiedName& table,
               const std::string& column) {
  if (published.all_tables || published.schemas.contains(table.schema)) return true;
  for (const PublishedTable* entry : found_in(published.tables, table))
    if (column.empty() || entry->columns.empty() ||
        std::binary_search(entry->columns.begin(), entry->columns.end(), column))
      return true;
  const Table* partition = catalog.table(table);
  return partition && !partition->partition_of.empty() &&
         publishes(published, catalog, partition->partition_of, column);
}

}  // namespace

Context::Context(const Catalog& old_catalog, const Catalog& new_catalog,
                 const PlanOptions& plan_options, const std::vector<diff::Change>& all_changes)
    : from(old_catalog), to(new_catalog), options(plan_options), changes(all_changes) {
  if (changes.empty()) return;
  collect_children(from, children);
  collect_children(to, new_children);
  collect_routines(*this);
  collect_referred(*this);
  collect_attached(*this);
  collect_heirs(from, old_heirs);
  collect_heirs(to, heirs);
  collect_published(from, old_published);
  collect_published(to, published);
  collect_changes_by_table(*this);
  collect_row_columns(*this);
  collect_renames(*this);
  collect_value_maps(*this);
  collect_retypes(*this);
  moves_columns = std::ranges::any_of(changes, [](const diff::Change& change) {
    return diff::retypes(change) && !change.because.empty();
  });
  collect_held_routines(*this);
  collect_built_indexes(*this);
  collect_stand_ins(*this);
  collect_partition_foreign_keys(*this);
  collect_repartitions(*this);
  note_broken_off(*this);
  note_row_types(*this);
  collect_partitioned(*this);
  collect_bound_proofs(*this);
}

const OpFacts& facts_of(Op op) { return kOps[static_cast<std::size_t>(op)]; }

bool blocks_reads(const OpFacts& facts) { return facts.mode == "ACCESS EXCLUSIVE"; }

bool blocks_writes(const OpFacts& facts) { return strength(facts.mode) >= strength("SHARE"); }

bool runs_in_transaction(Op op) {
  return std::find(std::begin(kOutsideTransactions), std::end(kOutsideTransactions), op) ==
         std::end(kOutsideTransactions);
}

std::vector<Locked> locks_of(const Operation& operation) {
  std::vector<Locked> locks{{operation.op, operation.relations}};
  locks.insert(locks.end(), operation.also.begin(), operation.also.end());
  return locks;
}

LockClaim claim(const std::vector<Locked>& locks) {
  LockClaim claim;
  std::vector<RelationLock> strongest;  // of each relation, in the order of their first mention
  for (const Locked& lock : locks) {
    const OpFacts& facts = facts_of(lock.op);
    if (lock.relations.empty() || facts.mode.empty()) continue;
    if (strength(facts.mode) > strength(claim.mode)) claim.mode = facts.mode;
    claim.blocks_reads = claim.blocks_reads || blocks_reads(facts);
    claim.blocks_writes = claim.blocks_writes || blocks_writes(facts);
    claim.scans = claim.scans || facts.scans;
    claim.rewrites = claim.rewrites || facts.rewrites;
    for (const std::string& relation : lock.relations) {
      const auto found = std::find_if(strongest.begin(), strongest.end(), [&](const auto& known) {
        return known.relation == relation;
      });
      if (found == strongest.end())
        strongest.push_back({relation, std::string(facts.mode)});
      else if (strength(facts.mode) > strength(found->mode))
        found->mode = facts.mode;
    }
  }
  for (RelationLock& lock : strongest)
    if (lock.mode == claim.mode)
      claim.relations.push_back(std::move(lock.relation));
    else
      claim.weaker.push_back(std::move(lock));
  return claim;
}

const diff::Change* Context::change(const ObjectId& id) const {
  const auto found =
      std::lower_bound(changes.begin(), changes.end(), id,
                       [](const auto& change, const auto& key) { return change.id < key; });
  return found != changes.end() && found->id == id ? &*found : nullptr;
}

bool Context::is_new(const QualifiedName& table) const {
  for (Kind kind : {Kind::Table, Kind::MaterializedView, Kind::View}) {
    const ObjectId id{kind, table.schema, {}, table.name, {}};
    if (!to.find(id)) continue;
    if (!from.find(id)) return true;
    const diff::Change* found = change(id);
    return found && found->action == diff::Action::Replace;
  }
  return false;
}

Size Context::size(const QualifiedName& table) const {
  if (is_new(table)) return Size::New;
  const TableFacts* facts = options.facts.find(table);
  if (!facts || !facts->bytes) return Size::Large;
  const bool small = *facts->bytes <= options.thresholds.small_bytes &&
                     facts->rows.value_or(0) <= options.thresholds.small_rows;
  return small ? Size::Small : Size::Large;
}

const std::vector<const Object*>& Context::children_of(const ObjectId& relation) const {
  const bool is_relation = relation.kind == Kind::Table || relation.kind == Kind::View ||
                           relation.kind == Kind::MaterializedView || relation.kind == Kind::Index;
  // a function may have the name of a table
  return found_in(children,
                  is_relation ? QualifiedName{relation.schema, relation.name} : QualifiedName{});
}

const std::vector<ObjectId>& Context::changed_on(const QualifiedName& table) const {
  return found_in(changes_by_table, table);
}

QualifiedName table_of(const Operation& operation, const Context& context) {
  const ObjectId& id = operation.object;
  if (!id.parent.empty()) return {id.schema, id.parent};
  if (id.kind == Kind::Table || id.kind == Kind::MaterializedView) return {id.schema, id.name};
  for (const Catalog* catalog : {&context.from, &context.to})
    if (const auto index = catalog->indexes.find(id); index != catalog->indexes.end())
      return index->second.table;
  // the index of a key is built before the key
  const diff::Change* change = operation.change;
  return change && change->id.kind == Kind::Constraint
             ? QualifiedName{change->id.schema, change->id.parent}
             : QualifiedName{};
}

Size size_of(const Operation& operation, const Context& context) {
  if (operation.size) return *operation.size;
  const QualifiedName table = table_of(operation, context);
  return table.empty() ? Size::Large : context.size(table);
}

void note_dropped(const Operation& operation, std::set<std::string>& dropped) {
  if (operation.object.kind != Kind::Table) return;
  if (operation.role == Role::Drop) dropped.insert(sql_name(operation.object));
  if (operation.role == Role::Make) dropped.erase(sql_name(operation.object));
}

bool Context::retypes_online(const ObjectId& column) const {
  const auto found = retyped.find(column);
  return found != retyped.end() && found->second.empty();
}

bool Context::is_published(const QualifiedName& table, const std::string& column) const {
  return publishes(published, to, table, column);
}

bool Context::refuses_updates(const Table& table) const {
  const QualifiedName name{table.id.schema, table.id.name};
  const auto lacks_identity = [&](const Catalog& catalog, const Children& its_children) {
    const Table* found = catalog.table(name);
    return found && !has_replica_identity(*found, its_children);
  };
  if (!publishes(old_published, from, name, {}) && !publishes(published, to, name, {}))
    return false;
  const auto is_key_that_goes = [&](const Object* child) {
    return child->id.kind == Kind::Constraint && goes_away(child->id) &&
           static_cast<const Constraint*>(child)->contype == 'p';
  };
  return lacks_identity(from, children) || lacks_identity(to, new_children) ||
         (table.replica_identity.mode == 'd' &&
          std::ranges::any_of(children_of(table.id), is_key_that_goes));
}

bool Context::goes_away(const ObjectId& id) const {
  const diff::Change* found = change(id);
  return found && (found->action == diff::Action::Drop || found->action == diff::Action::Replace);
}

}  // namespace schemadiff::engine
