// Decides how a table becomes a partition, and what has to be there before.
#include <set>

#include "engine/lower/column.h"
#include "engine/lower/partition.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;

std::string detach_sql(const Table& table) {
  return "ALTER TABLE " + quote_qualified(table.partition_of) + " DETACH PARTITION " +
         sql_name(table.id);
}

namespace {

// The server prints the array of a varchar column's IN as (ARRAY['a'::character varying])::text[],
// and reads that as another tree, which the attachment would not take for the parent's: without the
// cast it is the same one.
std::string as_it_was_read(const std::string& check) {
  constexpr std::string_view kArray = "(ARRAY[", kCast = "])::text[]";
  std::string text = check;
  for (std::size_t at = text.find(kArray); at != std::string::npos;
       at = text.find(kArray, at + 1)) {
    const std::size_t end = text.find(kCast, at);
    if (end == std::string::npos) break;
    const std::string_view elements(text.data() + at, end - at);
    if (elements.find("::character varying") == std::string_view::npos ||
        elements.find("::text") != std::string_view::npos)
      continue;
    text.erase(end + 2, kCast.size() - 2);
  }
  return text;
}

}  // namespace

Statements inherited_checks(const Table& table, const Catalog& catalog, const Context& context) {
  const bool is_undo = &catalog == &context.from;
  const auto is_made = [&](const ObjectId& id) {
    const diff::Change* change = context.change(id);
    return change && (change->action == Action::Replace ||
                      change->action == (is_undo ? Action::Drop : Action::Create));
  };
  Statements sql;
  std::set<ObjectId> made;  // a table above has those of the tables above it
  for (const Table* parent = catalog.table(table.partition_of); parent;
       parent = catalog.table(parent->partition_of)) {
    for (const Constraint* check : constraints_of(name_of(*parent), 'c', catalog)) {
      if (check->no_inherit) continue;
      Constraint own = *check;
      own.id.schema = table.id.schema;
      own.id.parent = table.id.name;
      own.validated = holds_in(table, *check);
      if (!is_made(parent->id) && !is_made(check->id))
        own.check.edit().sql = as_it_was_read(own.check->sql);
      if (!catalog.constraints.contains(own.id) && made.insert(own.id).second)
        append(sql, create_sql(own));
    }
  }
  return sql;
}

Statements default_beside(const Table& table, const Context& context) {
  const auto found = context.default_partitions.find(table.partition_of);
  if (found == context.default_partitions.end() || found->second->id == table.id) return {};
  return with_heirs(name_of(*found->second), context);
}

Statements referenced_tables(const QualifiedName& table, const Catalog& catalog,
                             const Context& context) {
  Statements names;
  for (const Constraint* foreign : constraints_of(table, 'f', catalog))
    if (!context.is_new(foreign->referenced_table))
      append(names, with_partitions(foreign->referenced_table, context));
  return names;
}

namespace {

// A partition takes its bounds when those that had them are gone or detached.
void follow_partitions_in_the_way(const Table& table, const Context& context,
                                  Operation& operation) {
  const auto found = context.old_heirs.find(table.partition_of);
  if (found == context.old_heirs.end()) return;
  for (const Table* other : found->second) {
    if (other->id == table.id || bounds_are_apart(table.bound.sql, other->bound.sql)) continue;
    if (context.goes_away(other->id))
      operation.after_drops.push_back(other->id);
    else
      operation.refs.push_back(other->id);
  }
}

void lock_for_attach(const Table& table, const Context& context, const BoundProof& proof,
                     Operation& operation) {
  const QualifiedName name = name_of(table);
  if (!context.is_new(table.partition_of)) {
    operation.op = Op::AttachPartition;
    operation.relations = {quote_qualified(table.partition_of)};
    operation.also.push_back({proof.of_default ? Op::DefaultPartitionProven : Op::DefaultPartition,
                              default_beside(table, context)});
  }
  // the partition gets the foreign keys of its parent
  operation.also.push_back(
      {Op::ReferencedTable, referenced_tables(table.partition_of, context.to, context)});
  operation.also.push_back({Op::ReferringTable, referring_tables(table.partition_of, context)});
  if (!context.is_new(name))
    operation.also.push_back(
        {proof.of_partition ? Op::AttachedPartitionProven : Op::AttachedPartition,
         with_heirs(name, context)});
}

// Whether it is a check or a foreign key, which partitions have from their table.
bool hands_down(const ObjectId& id, const Context& context) {
  for (const Catalog* catalog : {&context.from, &context.to}) {
    const auto found = catalog->constraints.find(id);
    if (found != catalog->constraints.end() && !has_parts(found->second)) return true;
  }
  return false;
}

bool is_attached(const QualifiedName& table, const Context& context) {
  const diff::Change* change = context.change(table_id(table));
  return change && (change->action != Action::Alter || changed(*change, "partition of") ||
                    changed(*change, "partition bound"));
}

// Of a table's indexes ATTACH PARTITION takes none that is invalid because partitions are there
// whose parts are yet to be attached (tablecmds.c, AttachPartitionEnsureIndexes).
void follow_parts_below(const ObjectId& index, const Context& context, Operation& operation) {
  const auto parts = context.attached.find({index.schema, index.name});
  if (parts == context.attached.end()) return;
  for (const ObjectId& id : parts->second) {
    if (is_attached(owner_of(*context.to.find(id)), context)) continue;
    operation.finished.push_back(id);
    follow_parts_below(id, context, operation);
  }
}

void follow_index(const Object& part, const Context& context, Operation& operation) {
  if (parent_index_of(part).empty()) return;
  // undo detaches the table before the index above goes, which would take its part along
  for (ObjectId& whole : parent_index_ids(part, context.to))
    operation.refs.push_back(std::move(whole));
  follow_parts_below(part.id, context, operation);
}

}  // namespace

void follow_what_comes_down(const Table& partition, const Context& context, Operation& operation) {
  for (const Table* parent = context.to.table(partition.partition_of); parent;
       parent = context.to.table(parent->partition_of))
    for (const ObjectId& id : context.changed_on(name_of(*parent))) {
      if (id.kind != Kind::Column && !hands_down(id, context)) continue;
      operation.refs.push_back(id);
      operation.after_drops.push_back(id);
      if (context.retypes_online(id)) operation.after_drops.push_back(set_aside_by_retype(id));
    }
}

void lower_attach(const Table& table, const Context& context, Operations& operations) {
  BoundProof proof = prove_bounds(table, context);
  std::vector<ObjectId> checked;
  for (Operation& check : proof.before) {
    checked.push_back(check.object);
    operations.push_back(std::move(check));
  }
  Operation operation = make(Role::Finish, table, Phase::Expand, "The table becomes a partition.");
  operation.refs = {table.id, table_id(table.partition_of)};
  operation.finished = {table_id(table.partition_of)};
  for (const ObjectId& id : context.changed_on(name_of(table))) {
    const Object* part = context.to.find(id);
    if (part && lacks_parts(*part, context)) continue;  // comes after
    operation.refs.push_back(id);
    if (part) follow_index(*part, context, operation);
    if (id.kind == Kind::Column) operation.after_drops.push_back(id);  // its table may not have it
  }
  follow_what_comes_down(table, context, operation);
  // what the partition has would become part of an index that is about to go
  for (const Table* parent = context.to.table(table.partition_of); parent;
       parent = context.to.table(parent->partition_of))
    for (const ObjectId& id : context.changed_on(name_of(*parent)))
      if (context.change(id)->action == Action::Replace) operation.after_drops.push_back(id);
  operation.refs.insert(operation.refs.end(), checked.begin(), checked.end());
  follow_partitions_in_the_way(table, context, operation);
  operation.sql = attach_with_states(table, context.to, context);
  operation.undo = {detach_sql(table)};
  lock_for_attach(table, context, proof, operation);
  operations.push_back(std::move(operation));
  std::move(proof.after.begin(), proof.after.end(), std::back_inserter(operations));
}

}  // namespace schemadiff::engine
