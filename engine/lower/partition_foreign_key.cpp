// Decides how a large partitioned table gets a foreign key while others write: its partitions have
// it first, which can be done without a scan under a lock, and the table takes theirs over
// (tablecmds.c, tryAttachPartitionForeignKey); and how those that refer to one hold its partitions.
#include <algorithm>

#include "engine/lower/partition.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

Constraint on_partition(const Constraint& key, const Table& partition) {
  Constraint own = key;
  own.id.schema = partition.id.schema;
  own.id.parent = partition.id.name;
  own.comment.clear();
  return own;
}

// That of an earlier run; null: there is none.
const Constraint* left_on(const Table& partition, const Constraint& key, const Context& context) {
  const Constraint own = on_partition(key, partition);
  const auto found = context.from.constraints.find(own.id);
  if (found == context.from.constraints.end() || context.to.constraints.contains(own.id))
    return nullptr;
  Constraint left = found->second;
  left.validated = own.validated;
  return create_sql(left) == create_sql(own) ? &found->second : nullptr;
}

}  // namespace

bool goes_by_partitions(const Constraint& key, const Context& context) {
  const QualifiedName table = table_name(key.id);
  return key.contype == 'f' && key.validated && key.enforced && !context.is_new(table) &&
         is_partitioned(context.from, table) && context.size(table) == Size::Large;
}

void release_referenced_partitions(const Constraint& key, const Context& context, Operation& drop) {
  const Table* table = key.contype == 'f' ? context.from.table(key.referenced_table) : nullptr;
  if (!table) return;
  for (const Table* below : all_below(*table, context.old_heirs))
    if (!below->partition_of.empty()) drop.releases.push_back(below->id);
}

namespace {

template <class Take>
void for_each_referring(QualifiedName table, const Context& context, Take take) {
  for (const Table* above = context.from.table(table); above;
       above = context.from.table(above->partition_of)) {
    const auto found = context.referring.find({above->id.schema, above->id.name});
    if (found == context.referring.end()) continue;
    for (const Constraint* key : found->second) take(*key);
  }
}

}  // namespace

Statements referring_tables(const QualifiedName& table, const Context& context) {
  Statements names;
  for_each_referring(table, context,
                     [&](const Constraint& key) { names.push_back(quoted_table(key.id)); });
  return names;
}

bool is_referred_to(const Table& partition, const Context& context) {
  bool referred = false;
  for_each_referring(partition.partition_of, context, [&](const Constraint& key) {
    referred = referred || !context.goes_away(key.id);
  });
  return referred;
}

void lock_referring_tables(const Table& partition, const Context& context, Operation& detach) {
  Statements names;
  Size largest = Size::New;
  for_each_referring(partition.partition_of, context, [&](const Constraint& key) {
    if (context.goes_away(key.id)) {
      detach.after_drops.push_back(key.id);
      return;
    }
    names.push_back(quoted_table(key.id));
    for (const Table* table : tables_with_rows(table_name(key.id), context))
      largest = std::max(largest, context.size({table->id.schema, table->id.name}));
  });
  if (names.empty()) return;
  detach.size = largest;
  detach.also.push_back(
      {Op::DropTrigger, with_heirs({partition.id.schema, partition.id.name}, context)});
  // first: what a reader of them sees of a detachment outside of transactions is all of its locks
  detach.also.insert(detach.also.begin(), {Op::ReadReferringTable, std::move(names)});
}

void follow_leaving_partitions(const Constraint& key, const Context& context, Operation& add) {
  const Table* table = key.contype == 'f' ? context.from.table(key.referenced_table) : nullptr;
  if (!table || context.goes_away(table->id)) return;
  for (const Table* below : all_below(*table, context.old_heirs)) {
    if (context.goes_away(below->id))
      add.after_drops.push_back(below->id);
    else if (leaves_partitioned_table({below->id.schema, below->id.name}, context))
      add.refs.push_back(below->id);
  }
}

void collect_partition_foreign_keys(Context& context) {
  for (const diff::Change& change : context.changes) {
    if (change.id.kind != Kind::Constraint || change.action != diff::Action::Create) continue;
    const Constraint& key = context.to.constraints.at(change.id);
    if (!goes_by_partitions(key, context)) continue;
    for (const Table* partition : tables_with_rows(table_name(key.id), context))
      if (const Constraint* left = left_on(*partition, key, context))
        context.own_objects.insert(left->id);
  }
}

void add_by_partitions(const Constraint& key, const Operation& taking_over, const Context& context,
                       Operations& operations) {
  Operation last = taking_over;
  std::vector<const Table*> partitions = tables_with_rows(table_name(key.id), context);
  std::erase_if(partitions, [&](const Table* partition) {
    const bool is_made_anew =
        context.goes_away(partition->id) && context.to.table(name_of(*partition));
    if (is_made_anew) last.after_drops.push_back(partition->id);  // the new one has no rows
    return is_made_anew;
  });
  if (!partitions.empty()) {
    last.why = "The table takes over what its partitions have.";
    // the triggers of the partitions' own make way for those of the table's
    last.also = {{Op::DropTrigger, with_partitions(key.referenced_table, context)}};
    if (is_partitioned(context.from, *key.referenced_table))
      for (const Table* partition : partitions)
        last.also.front().relations.push_back(sql_name(partition->id));
  }
  last.sql = full_create(key, context.to, context.from, false, false);
  for (const Table* partition : partitions) {
    Constraint own = on_partition(key, *partition);
    const Constraint* left = left_on(*partition, key, context);
    const std::string alter = "ALTER TABLE " + sql_name(partition->id) + ' ';
    Operation add = taking_over;
    add.role = Role::Alter;
    add.object = own.id;
    add.relations = {sql_name(partition->id)};
    add.makes_unique.reset();
    add.why = "Each partition has the foreign key first; it holds for new rows.";
    own.validated = false;
    add.sql = create_sql(own);
    add.undo = {alter + "DROP CONSTRAINT IF EXISTS " + sql_name(own.id)};
    if (!left) operations.push_back(add);
    if (!left || !left->validated) {
      add.op = Op::ValidateConstraint;
      add.also.clear();
      add.why = "The rows that are there are checked while others read and write.";
      add.sql = {alter + "VALIDATE CONSTRAINT " + sql_name(own.id)};
      add.undo.clear();
      add.undo_note = "Nothing to undo: it changes no data.";
      add.own_transaction = true;
      operations.push_back(std::move(add));
    }
    last.refs.push_back(own.id);
  }
  operations.push_back(std::move(last));
}

}  // namespace schemadiff::engine
