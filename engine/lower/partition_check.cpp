// Decides how partitions come to be known to keep checks that are NOT VALID in the table above.
#include "engine/lower/partition.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;

namespace {

bool lists(const Table* table, const std::string& check) {
  return table && std::ranges::binary_search(table->valid_checks, check);
}

// VALIDATE goes on to what is below.
bool comes_with_parent(const Table& partition, const std::string& check, const Context& context) {
  return lists(context.to.table(partition.partition_of), check);
}

Operation validation(const Constraint& check, const Table& partition, const Context& context) {
  Constraint own = check;
  own.id.schema = partition.id.schema;
  own.id.parent = partition.id.name;
  Operation operation =
      make(Role::Finish, own, Phase::Contract,
           "The partition shall be known to keep the check; its rows are checked while others read "
           "and write.");
  if (context.change(own.id)) operation.object = partition.id;  // whose own check went before
  operation.refs.push_back(check.id);
  operation.refs.push_back(partition.id);
  operation.finished = {partition.id};
  operation.op = Op::ValidateConstraint;
  operation.relations = with_heirs(name_of(partition), context);
  operation.sql = {validate_sql(own.id)};
  operation.undo_note = "Nothing to undo: it changes no data.";
  operation.own_transaction = true;
  return operation;
}

bool is_made(const ObjectId& id, const Context& context) {
  const diff::Change* change = context.change(id);
  return change && change->action != Action::Alter;
}

}  // namespace

void validate_in_partitions(const Constraint& check, const Context& context,
                            Operations& operations) {
  if (check.contype != 'c' || check.validated) return;
  const Table* table = context.to.table(table_name(check.id));
  for (const Table* partition : all_below(*table, context.heirs))
    if (lists(partition, check.id.name) && !context.is_new(name_of(*partition)) &&
        !comes_with_parent(*partition, check.id.name, context))
      operations.push_back(validation(check, *partition, context));
}

Statements made_as_it_was(const Constraint& check, const Context& context) {
  Statements sql = full_create(check, context.from, context.from);
  if (check.contype != 'c' || check.validated) return sql;
  const Table* table = context.from.table(table_name(check.id));
  for (const Table* partition : all_below(*table, context.old_heirs)) {
    if (context.goes_away(partition->id)) continue;
    const QualifiedName& above = partition->partition_of;
    if (lists(partition, check.id.name) && !lists(context.from.table(above), check.id.name))
      sql.push_back(validate_sql(
          {Kind::Constraint, partition->id.schema, partition->id.name, check.id.name, {}}));
  }
  return sql;
}

void lower_valid_checks(const Table& before, const Table& after, const Context& context,
                        Operations& operations) {
  for (const std::string& name : after.valid_checks) {
    if (lists(&before, name) || comes_with_parent(after, name, context)) continue;
    const Constraint* check = check_above(after, name, context.to);
    const ObjectId own{Kind::Constraint, after.id.schema, after.id.name, name, {}};
    if (!check || is_made(check->id, context) || context.to.constraints.contains(own)) continue;
    operations.push_back(validation(*check, after, context));
    operations.back().undo = {drop_sql(*check)};
    append(operations.back().undo, made_as_it_was(context.from.constraints.at(check->id), context));
    operations.back().undo_note.clear();
  }
}

}  // namespace schemadiff::engine
