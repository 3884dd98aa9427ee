// Decides how sequences are created and altered.
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

ObjectId owner_column(const OwnedBy& owner) {
  return {Kind::Column, owner.table.schema, owner.table.name, owner.column, {}};
}
ObjectId owner_table(const OwnedBy& owner) {
  return {Kind::Table, owner.table.schema, {}, owner.table.name, {}};
}

std::string unowned(const ObjectId& id) {
  return "ALTER SEQUENCE " + sql_name(id) + " OWNED BY NONE";
}

Statements owned_by_or_none(const Sequence& sequence) {
  Statements sql = owned_by_sql(sequence);
  if (sql.empty()) sql.push_back(unowned(sequence.id));
  return sql;
}

Statements change_options(const ObjectId& id, const SequenceOptions& before,
                          const SequenceOptions& after) {
  std::string alter = "ALTER SEQUENCE " + sql_name(id) + ' ' + sequence_options(after);
  Statements sql = move_into_bounds(sql_name(id), before, after, alter);
  sql.push_back(std::move(alter));
  return sql;
}

// A sequence has the owner of the table that it belongs to, and gets another one only while it
// belongs to none (tablecmds.c, ATExecChangeOwner).
Statements change_hands(const Sequence& after, const std::string& owner) {
  Statements sql = {unowned(after.id),
                    "ALTER SEQUENCE " + sql_name(after.id) + " OWNER TO " + owner};
  append(sql, owned_by_sql(after));
  return sql;
}

// As SQL has it: who it shall belong to, with its table. Empty: nobody says so, or it is as it was.
std::string next_owner(const Sequence& before, const Sequence& after, const Context& context) {
  std::string owner = after.owner;
  if (!after.owned_by.table.empty()) {
    const Table* table = context.to.table(after.owned_by.table);
    if (table && table->owner.empty()) table = context.from.table(after.owned_by.table);
    owner = table ? table->owner : std::string();
    if (owner.empty() && context.is_new(after.owned_by.table))
      return before.owner.empty() || before.owner == context.from.current_role ? ""
                                                                               : "CURRENT_USER";
  }
  return owner.empty() || owner == before.owner ? std::string() : quote_identifier(owner);
}

// `owner`: that it gets with its table, as SQL has it; empty: none.
void own(const Sequence& sequence, const Sequence* before, const std::string& owner,
         Operations& operations) {
  Operation operation = make(Role::Finish, sequence, Phase::Expand,
                             sequence.owned_by.table.empty()
                                 ? "The sequence belongs to no column."
                                 : "The sequence goes away with the column that it belongs to.");
  operation.refs.push_back(sequence.id);
  if (!sequence.owned_by.table.empty()) {
    operation.refs.push_back(owner_column(sequence.owned_by));
    operation.refs.push_back(owner_table(sequence.owned_by));
  }
  if (before && !before->owned_by.table.empty()) {
    operation.releases.push_back(owner_column(before->owned_by));
    operation.releases.push_back(owner_table(before->owned_by));
  }
  if (before) {
    operation.op = Op::AlterSequence;
    operation.relations = {sql_name(sequence.id)};
  }
  operation.sql = owned_by_or_none(sequence);
  operation.undo = before ? owned_by_or_none(*before) : Statements{unowned(sequence.id)};
  if (!owner.empty()) {
    operation.op = Op::AlterOwner;
    operation.also = {{Op::AlterSequence, operation.relations}};
    operation.sql = change_hands(sequence, owner);
    operation.undo = change_hands(
        *before, before->owner.empty() ? "CURRENT_USER" : quote_identifier(before->owner));
  }
  operations.push_back(std::move(operation));
}

}  // namespace

Statements move_into_bounds(const std::string& name, const SequenceOptions& before,
                            const SequenceOptions& after, std::string& alter) {
  if (after.min > before.max || after.max < before.min) {
    alter += " RESTART";
    return {};
  }
  if (after.min <= before.min && after.max >= before.max) return {};
  const std::string min = std::to_string(after.min), max = std::to_string(after.max);
  return {"SELECT pg_catalog.setval(" + quote_literal(name) + ", GREATEST(" + min + ", LEAST(" +
          max + ", last_value)), is_called) FROM " + name + " WHERE last_value NOT BETWEEN " + min +
          " AND " + max};
}

void lower_create(const Sequence& sequence, const diff::Change& change, const Context& context,
                  Operations& operations) {
  const bool replaced = change.action == diff::Action::Replace;
  Operation operation = make(
      Role::Make, sequence, Phase::Expand,
      replaced ? "The sequence went away with its column." : describe(sequence.id) + " is new.");
  if (!replaced) operation.why[0] = 'S';
  const diff::CompareOptions& manage = context.options.compare;
  const Table* table =
      context.is_new(sequence.owned_by.table) ? nullptr : context.to.table(sequence.owned_by.table);
  Sequence made = sequence;
  if (table && (!manage.owners || made.owner.empty())) made.owner = table->owner;
  operation.sql =
      full_create(made, context.to, context.from, manage.owners || table, manage.privileges);
  operation.undo = {drop_sql(sequence)};
  operations.push_back(std::move(operation));
  if (!sequence.owned_by.table.empty()) own(sequence, nullptr, {}, operations);
}

void lower_alter(const Sequence& before, const Sequence& after, const diff::Change& change,
                 const Context& context, Operations& operations) {
  const std::string alter = "ALTER SEQUENCE " + sql_name(after.id) + ' ';
  const auto push = [&](std::string why, Statements sql, Statements undo) {
    Operation operation = make(Role::Alter, after, Phase::Expand, std::move(why));
    operation.op = Op::AlterSequence;
    operation.relations = {sql_name(after.id)};
    operation.sql = std::move(sql);
    operation.undo = std::move(undo);
    operations.push_back(std::move(operation));
  };
  if (changed(change, "options"))
    push("The sequence's options differ.", change_options(after.id, before.options, after.options),
         change_options(after.id, after.options, before.options));
  if (changed(change, "unlogged"))
    push("Whether the sequence is logged differs.",
         {alter + (after.unlogged ? "SET UNLOGGED" : "SET LOGGED")},
         {alter + (before.unlogged ? "SET UNLOGGED" : "SET LOGGED")});
  if (changed(change, "unlogged")) operations.back().op = Op::RewriteSequence;
  if (!changed(change, "owned by")) return;
  const bool alone = before.owned_by.table.empty();
  // for one that is alone that is a step apart (metadata.cpp)
  const bool owner_is_set = changed(change, "owner");
  const bool leaves = after.owned_by.table.empty() && !owner_is_set;
  own(after, &before,
      leaves || (alone && owner_is_set) ? std::string() : next_owner(before, after, context),
      operations);
}

}  // namespace schemadiff::engine
