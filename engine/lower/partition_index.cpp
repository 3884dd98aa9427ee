// Indexes and keys of partitions that are part of the partitioned table's.
#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "engine/lower/lower.h"
#include "engine/lower/partition.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;

namespace {

bool comes_into_being(const ObjectId& id, const Context& context) {
  const diff::Change* change = context.change(id);
  return change && (change->action == Action::Create || change->action == Action::Replace);
}

// Whether one of these is in the database before the plan, and stays.
bool was_there(const std::vector<ObjectId>& ids, const Context& context) {
  return std::any_of(ids.begin(), ids.end(), [&](const ObjectId& id) {
    return context.from.find(id) && !context.goes_away(id);
  });
}

// Whether undo drops or detaches the table. Else an index that is attached goes away with the
// partitioned one, and with that alone.
bool leaves_with_table(const QualifiedName& table, const Context& context) {
  return context.is_new(table) || joins_partitioned_table(table, context);
}

// Whether that is when this plan is undone. Else the part is one of those that an earlier run has
// left to come, and goes when that run is undone.
bool parent_is_made(const Object& object, const Context& context) {
  const std::vector<ObjectId> parents = parent_index_ids(object, context.to);
  return std::ranges::any_of(parents,
                             [&](const ObjectId& id) { return comes_into_being(id, context); });
}

Operation attach(const Object& object, Statements sql, const Context& context) {
  Operation operation =
      make(Role::Finish, object, Phase::Expand, "The index becomes part of the partitioned one.");
  const QualifiedName table = owner_of(object);
  operation.refs.push_back(object.id);
  for (ObjectId& id : parent_index_ids(object, context.to)) operation.refs.push_back(std::move(id));
  operation.finished = {table_id(table)};
  // from below: the last part of an index that is itself a part already would lock the table above
  // (tablecmds.c, validatePartitionedIndex)
  follow_attachment(object.id, context, operation);
  operation.op = Op::AttachIndex;
  const QualifiedName parent = parent_index_of(object);
  if (was_there(parent_index_ids(object, context.to), context))
    operation.relations = {quote_qualified(parent)};
  if (was_there({object.id}, context))
    operation.also = {{Op::AttachedIndex, {quote_qualified({object.id.schema, object.id.name})}}};
  operation.sql = std::move(sql);
  if (leaves_with_table(table, context))
    operation.undo_note = "The index leaves the partitioned one with its table.";
  else if (parent_is_made(object, context))
    operation.undo_note = "Goes away with the partitioned index.";
  else
    set_irreversible(operation, "An index cannot be detached from the partitioned one.");
  return operation;
}

// Null where it is part of none.
const Object* parent_of(const Object& index, const Catalog& catalog) {
  for (const ObjectId& id : parent_index_ids(index, catalog))
    if (const Object* found = catalog.find(id)) return found;
  return nullptr;
}

// ATTACH PARTITION goes through the indexes of the partitioned table in the order in which they
// were made, and takes the first of the partition's that fits; those of constraints fit constraints
// alone (tablecmds.c, AttachPartitionEnsureIndexes). The server makes primary keys first, and so
// does this order; other constraints come before indexes, and among the rest it is that of the
// names above.
std::tuple<bool, bool, std::string> place_among_equals(const Object& object,
                                                       const Catalog& catalog) {
  const Object* top = &object;
  while (const Object* above = parent_of(*top, catalog)) top = above;
  const bool constraint = top->id.kind == Kind::Constraint;
  const bool primary = constraint && static_cast<const Constraint*>(top)->contype == 'p';
  return {!primary, !constraint, top->id.name};
}

// What ATTACH PARTITION compares (index.c, CompareIndexInfo): it does not look at the order of the
// columns' values. Nothing: what has no index, or that of an exclusion constraint.
struct IndexedColumns {
  bool unique = false;
  std::vector<std::pair<std::string, Expr>> keys;
  std::vector<std::string> include;
  bool operator==(const IndexedColumns&) const = default;
};

std::optional<IndexedColumns> indexed_columns(const Object& object) {
  IndexedColumns result;
  if (object.id.kind == Kind::Constraint) {
    const auto& key = static_cast<const Constraint&>(object);
    if (key.contype != 'p' && key.contype != 'u') return std::nullopt;
    result.unique = true;
    for (const std::string& column : key.columns) result.keys.emplace_back(column, Expr{});
    result.include = key.include;
    return result;
  }
  if (object.id.kind != Kind::Index) return std::nullopt;
  const auto& index = static_cast<const Index&>(object);
  result.unique = index.unique;
  for (const IndexElement& element : index.elements)
    result.keys.emplace_back(element.column, element.expression);
  result.include = index.include;
  return result;
}

bool are_equal(const Object& a, const Object& b) {
  const auto columns = indexed_columns(a);
  return columns && columns == indexed_columns(b);
}

// Equal indexes of a partitioned table, or of a partition, are made in that order; what is part of
// none comes after all that are (follow_attached).
void follow_equal(const Object& object, const Context& context, Operations& operations,
                  std::size_t first) {
  const QualifiedName table = owner_of(object);
  if (parent_index_of(object).empty() && !is_partitioned(context.to, table)) return;
  for (const ObjectId& id : context.changed_on(table)) {
    const Object* other = context.to.find(id);
    if (!other || !are_equal(*other, object) ||
        parent_index_of(*other).empty() != parent_index_of(object).empty() ||
        place_among_equals(*other, context.to) >= place_among_equals(object, context.to))
      continue;
    for (std::size_t i = first; i < operations.size(); ++i) operations[i].refs.push_back(id);
  }
}

std::map<QualifiedName, const Object*> parts_by_partition(const Object& index,
                                                          const Children& children) {
  std::map<QualifiedName, const Object*> parts;
  const auto found = children.find({index.id.schema, index.id.name});
  if (found != children.end())
    for (const Object* part : found->second) parts.emplace(owner_of(*part), part);
  return parts;
}

// ATTACH PARTITION makes what a partition lacks of the table's indexes: one that it shall have no
// part of is made after that.
void follow_partitions_without(const Object& index, const Context& context, Operation& operation) {
  const QualifiedName table = owner_of(index);
  if (!is_partitioned(context.to, table)) return;
  // It is valid from the start, or by the attachment of the last part: not while others are there.
  if (const auto old = context.old_heirs.find(table); old != context.old_heirs.end())
    for (const Table* partition : old->second) {
      const Table* after = context.to.table({partition->id.schema, partition->id.name});
      if (context.goes_away(partition->id))
        operation.after_drops.push_back(partition->id);
      else if (after && after->partition_of != table)
        operation.refs.push_back(partition->id);
    }
  const Table& own = *context.to.table(table);
  if (!own.partition_of.empty() && leaves_with_table(table, context) && lacks_parts(index, context))
    operation.finished.push_back(own.id);
  const auto heirs = context.heirs.find(table);
  if (heirs == context.heirs.end()) return;
  const auto with = parts_by_partition(index, context.new_children);
  for (const Table* partition : heirs->second) {
    const QualifiedName name{partition->id.schema, partition->id.name};
    const auto part = with.find(name);
    if (leaves_with_table(name, context) &&
        (part == with.end() || lacks_parts(*part->second, context)))
      operation.finished.push_back(partition->id);
  }
}

// The foreign keys that need the index and stay.
std::vector<const Constraint*> keys_that_rest_on(const ObjectId& index, const Context& context) {
  std::vector<const Constraint*> keys;
  const auto found = context.referring.find(owner_of(*context.from.find(index)));
  if (found == context.referring.end()) return keys;
  std::ranges::copy_if(found->second, std::back_inserter(keys), [&](const Constraint* key) {
    return key->local && std::ranges::find(key->refs, index) != key->refs.end() &&
           !context.goes_away(key->id);
  });
  return keys;
}

// ATTACH PARTITION takes the first index that fits: those that shall be taken are made first.
void follow_attached(const Object& object, const Context& context, Operations& operations,
                     std::size_t first) {
  const QualifiedName name = owner_of(object);
  const Table* table = context.to.table(name);
  if (!table || table->partition_of.empty()) return;
  for (const ObjectId& id : context.changed_on(name)) {
    const Object* other = context.to.find(id);
    if (!other || parent_index_of(*other).empty()) continue;
    for (std::size_t i = first; i < operations.size(); ++i) operations[i].refs.push_back(id);
  }
}

}  // namespace

bool lacks_parts(const Object& index, const Context& context) {
  const bool can_have =
      index.id.kind == Kind::Index ||
      (index.id.kind == Kind::Constraint && has_parts(static_cast<const Constraint&>(index)));
  if (!can_have) return false;
  const auto heirs = context.heirs.find(owner_of(index));
  if (heirs == context.heirs.end()) return false;
  const auto parts = parts_by_partition(index, context.new_children);
  return std::ranges::any_of(heirs->second, [&](const Table* partition) {
    const auto part = parts.find({partition->id.schema, partition->id.name});
    return !partition->partition_of.empty() &&
           (part == parts.end() || lacks_parts(*part->second, context));
  });
}

void attach_to_parent(const Object& object, Statements sql, const Context& context,
                      Operations& operations, std::size_t first) {
  follow_equal(object, context, operations, first);
  const bool has_index =
      object.id.kind == Kind::Index || static_cast<const Constraint&>(object).has_index();
  if (has_index && first < operations.size())
    follow_partitions_without(object, context, operations[first]);
  if (sql.empty()) {
    follow_attached(object, context, operations, first);
    return;
  }
  operations.push_back(attach(object, std::move(sql), context));
  if (leaves_with_table(owner_of(object), context) && !lacks_parts(object, context)) return;
  const std::size_t end = operations.size() - (parent_is_made(object, context) ? 0 : 1);
  for (; first < end; ++first) {
    Operation& operation = operations[first];
    operation.undo.clear();
    operation.undo_note = "Goes away with the partitioned index.";
    operation.undo_loses = false;
    operation.reversible = true;
  }
}

Statements attach_part_sql(const Object& part) {
  if (part.id.kind == Kind::Index) return attach_sql(static_cast<const Index&>(part));
  if (part.id.kind == Kind::Constraint) return attach_sql(static_cast<const Constraint&>(part));
  return {};
}

Part part_of(const Object& object, const Context& context) {
  return {object.id, recreate(object, context.from), attach_part_sql(object)};
}

std::vector<ObjectId> partitions_without(const Object& index, const Context& context) {
  std::vector<ObjectId> without;
  const auto heirs = context.old_heirs.find(owner_of(index));
  if (heirs == context.old_heirs.end()) return without;
  const auto parts = parts_by_partition(index, context.children);
  for (const Table* partition : heirs->second) {
    const auto part = parts.find({partition->id.schema, partition->id.name});
    if (part == parts.end()) {
      without.push_back(partition->id);
      continue;
    }
    for (ObjectId& below : partitions_without(*part->second, context))
      without.push_back(std::move(below));
  }
  return without;
}

void add_index_parts(const QualifiedName& index, const Context& context, std::vector<Part>& parts) {
  for (const Object* child : context.children_of({Kind::Index, index.schema, {}, index.name, {}})) {
    if (leaves_partitioned_table(owner_of(*child), context)) continue;
    parts.push_back(part_of(*child, context));
    add_index_parts({child->id.schema, child->id.name}, context, parts);
  }
}

void follow_leaving_parts(const QualifiedName& index, const Context& context, Operation& drop) {
  for (const Object* child : context.children_of({Kind::Index, index.schema, {}, index.name, {}})) {
    const QualifiedName table = owner_of(*child);
    if (!leaves_partitioned_table(table, context)) {
      follow_leaving_parts({child->id.schema, child->id.name}, context, drop);
      continue;
    }
    drop.refs.push_back(table_id(table));
    leave_out(table, context, drop);
  }
}

void follow_detachment(const Object& object, const Context& context, Operation& drop) {
  const QualifiedName table = owner_of(object);
  if (!leaves_partitioned_table(table, context)) return;
  if (!parent_index_of(object).empty()) drop.refs.push_back(table_id(table));  // is detached before
  const auto place = [&](const Object& index) {
    return std::tuple(parent_index_of(index).empty(), place_among_equals(index, context.from));
  };
  for (const ObjectId& id : context.changed_on(table)) {
    const Object* other = context.goes_away(id) ? context.from.find(id) : nullptr;
    if (other && are_equal(*other, object) && place(*other) > place(object))
      drop.after_drops.push_back(id);
  }
}

void order_parts(std::vector<Part>& parts, const Context& context) {
  const auto is_key = [&](const Part& part, char contype) {
    const auto found = context.from.constraints.find(part.object);
    return found != context.from.constraints.end() && found->second.contype == contype &&
           is_partitioned(context.from, table_name(part.object));
  };
  const auto others = std::stable_partition(parts.begin(), parts.end(),
                                            [&](const Part& part) { return is_key(part, 'p'); });
  std::stable_partition(others, parts.end(), [&](const Part& part) { return is_key(part, 'u'); });
  const auto attached = std::stable_partition(
      parts.begin(), parts.end(), [](const Part& part) { return !part.attached.empty(); });
  const auto place = [&](const Part& part) {
    return place_among_equals(*context.from.find(part.object), context.from);
  };
  std::stable_sort(parts.begin(), attached,
                   [&](const Part& a, const Part& b) { return place(a) < place(b); });
}

void follow_attachment(const ObjectId& key, const Context& context, Operation& operation) {
  const auto found = context.attached.find({key.schema, key.name});
  if (found == context.attached.end()) return;
  for (const ObjectId& id : found->second) {
    operation.finished.push_back(id);
    follow_attachment(id, context, operation);
  }
}

void undo_adoption(const ObjectId& whole, const Context& context, Operation& operation) {
  const auto found = context.attached.find({whole.schema, whole.name});
  if (found == context.attached.end()) return;
  Statements referring, made;
  for (const ObjectId& id : found->second) {
    if (context.change(id)->action != Action::Alter) continue;  // it is made by this plan
    const Object* child = context.from.find(id);
    const Table* before = context.from.table(owner_of(*child));
    const Table* after = context.to.table(owner_of(*child));
    // else undo detaches the table before
    if (!before || !after || before->partition_of != after->partition_of) continue;
    std::vector<Part> parts = {{child->id, recreate(*child, context.from), {}}};
    add_index_parts({child->id.schema, child->id.name}, context, parts);
    for (const Part& part : parts) {
      append(operation.undo, part.made);
      append(operation.undo, part.attached);
      for (const Constraint* key : keys_that_rest_on(part.object, context)) {
        referring.push_back(drop_sql(*key));
        append(made, recreate(*key, context.from));
      }
    }
  }
  append(operation.undo, std::move(made));
  operation.undo.insert(operation.undo.begin(), referring.begin(), referring.end());
}

}  // namespace schemadiff::engine
