// Decides how a large partitioned table gets a foreign key while others write: its partitions have
// it first, which can be done without a scan under a lock, and the table takes theirs over
// (tablecmds.c, tryAttachPartitionForeignKey); and how those that refer to one hold its partitions.
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
         is_partitioned(context.from, table) && context.size(table) == Size::Large &&
         !is_partitioned(context.to, *key.referenced_table);
}

void release_referenced_partitions(const Constraint& key, const Context& context, Operation& drop) {
  const Table* table = key.contype == 'f' ? context.from.table(key.referenced_table) : nullptr;
  if (!table) return;
  for (const Table* below : all_below(*table, context.old_heirs))
    if (!below->partition_of.empty()) drop.releases.push_back(below->id);
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
  last.why = "The table takes over what its partitions have.";
  // the triggers of the partitions' own make way for those of the table's
  last.also = {{Op::DropTrigger, with_partitions(key.referenced_table, context)}};
  last.sql = full_create(key, context.to, context.from, false, false);
  for (const Table* partition : tables_with_rows(table_name(key.id), context)) {
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
