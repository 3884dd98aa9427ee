// Decides how constraints are added, altered and dropped.
#include <algorithm>

#include "diff/recreate.h"
#include "engine/lower/check_terms.h"
#include "engine/lower/partition.h"
#include "schema/ddl/text.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

namespace {

std::string alter_its_table(const Constraint& constraint) {
  return "ALTER TABLE " + sql_parent(constraint.id);
}

std::string index_of(const Constraint& constraint) {
  return quote_qualified({constraint.id.schema, constraint.id.name});
}

// Whether another constraint says the same, if need be of the old names of renamed columns: then
// nothing is refused that is not refused already.
bool mirrors_old(const Constraint& constraint, const Context& context) {
  if (constraint.contype != 'u' && constraint.contype != 'f') return false;
  std::vector<std::string> old_columns;
  for (const std::string& column : constraint.columns) {
    const auto renamed = context.renamed_from.find(
        {Kind::Column, constraint.id.schema, constraint.id.parent, column, {}});
    old_columns.push_back(renamed == context.renamed_from.end() ? column : renamed->second.name);
  }
  const ObjectId table = table_id(constraint.id);
  const auto& children = context.children_of(table);
  return std::any_of(children.begin(), children.end(), [&](const Object* child) {
    if (child->id.kind != Kind::Constraint || child->id == constraint.id) return false;
    const auto& old = static_cast<const Constraint&>(*child);
    return old.contype == constraint.contype && old.columns == old_columns && old.validated &&
           old.referenced_table == constraint.referenced_table &&
           old.referenced_columns == constraint.referenced_columns;
  });
}

bool is_on_renamed(const Constraint& constraint, const Context& context) {
  const std::vector<std::string> columns = own_columns(constraint, table_name(constraint.id));
  return std::any_of(columns.begin(), columns.end(), [&](const std::string& column) {
    return context.renamed_to.contains(
        {Kind::Column, constraint.id.schema, constraint.id.parent, column, {}});
  });
}

// Whether it was there all along, and comes back when columns have changed their types online.
bool follows_swap(const Constraint& constraint, const Context& context) {
  const Change* change = context.change(constraint.id);
  return change && change->action == Action::Replace && change->attributes.empty() &&
         std::all_of(change->because.begin(), change->because.end(),
                     [&](const ObjectId& id) { return context.retypes_online(id); });
}

// What a statement on the constraint without ONLY locks of its table and those below it.
Statements reached(const Constraint& constraint, const Context& context) {
  const QualifiedName table = table_name(constraint.id);
  if (constraint.contype != 'c') return with_partitions(table, context);
  return constraint.no_inherit ? Statements{sql_parent(constraint.id)} : with_heirs(table, context);
}

// What the old application may write and what the new one may.
enum class Between : unsigned char { Nothing, LetsInMore, LetsInOther };

// How a check that changes alone differs from its old form.
Between between(const Constraint& after, const Context& context) {
  const Change* change = context.change(after.id);
  if (after.contype != 'c' || !change || change->action != Action::Replace ||
      !change->because.empty() || change->attributes.size() != 1 ||
      !changed(*change, "expression") ||
      is_on_renamed(context.from.constraints.at(after.id), context))
    return Between::Nothing;
  const Constraint& before = context.from.constraints.at(after.id);
  if (lets_in_all_of(*before.check, *after.check)) return Between::Nothing;
  return lets_in_all_of(*after.check, *before.check) ? Between::LetsInMore : Between::LetsInOther;
}

Operation adding(const Constraint& constraint, const Context& context, Op op, std::string why) {
  const QualifiedName table = table_name(constraint.id);
  const bool tightens = !all_new(table, own_columns(constraint, table), context) &&
                        !mirrors_old(constraint, context) && !follows_swap(constraint, context) &&
                        between(constraint, context) != Between::LetsInMore;
  Operation operation =
      make(Role::Make, constraint, tightens ? Phase::Contract : Phase::Expand, std::move(why));
  operation.undo = {drop_sql(constraint)};
  if ((constraint.contype == 'p' || constraint.contype == 'u') && !constraint.deferrable)
    operation.makes_unique = {table, {constraint.columns.begin(), constraint.columns.end()}};
  if (!context.is_new(table)) {
    operation.op = op;
    operation.relations = op == Op::AddIndexConstraintOnly ? Statements{sql_parent(constraint.id)}
                                                           : reached(constraint, context);
  }
  if (constraint.contype == 'f' && !context.is_new(constraint.referenced_table))
    operation.also.push_back(
        {Op::ReferencedTable, with_partitions(constraint.referenced_table, context)});
  return operation;
}

// Until contract the check lets in what either application writes.
void let_in_both(const Constraint& before, const Constraint& after, const Context& context,
                 Operations& operations) {
  Constraint both = after;
  both.validated = false;
  both.check.edit().sql =
      parenthesized(before.check->sql) + " OR " + parenthesized(after.check->sql);
  Operation operation =
      make(Role::Alter, after, Phase::Expand,
           "Until contract the check lets in what the old and what the new application writes.");
  operation.releases = before.refs;
  operation.op = is_foreign(context.to, table_name(after.id)) ? Op::AlterForeignTable
                                                              : Op::AddConstraintNotValid;
  operation.relations = reached(after, context);
  operation.sql = {drop_sql(before)};
  append(operation.sql, full_create(both, context.to, context.from, false, false));
  operation.undo = {drop_sql(after)};
  append(operation.undo, made_as_it_was(before, context));
  operations.push_back(std::move(operation));
}

// NOT VALID first: new rows are held to it without a scan; then the old ones, while others work.
void add_and_validate(const Constraint& constraint, const Context& context,
                      Operations& operations) {
  Constraint unproved = constraint;
  unproved.validated = false;
  const Op op = constraint.contype == 'f' ? Op::AddForeignKeyNotValid : Op::AddConstraintNotValid;
  Operation add =
      adding(constraint, context, op, "The constraint is new; it holds for new rows first.");
  add.sql = full_create(unproved, context.to, context.from, false, false);
  const Phase phase = add.phase;
  operations.push_back(std::move(add));
  Operation validate = make(Role::Alter, constraint, phase,
                            "The rows that are there are checked while others read and write.");
  validate.op = Op::ValidateConstraint;
  validate.relations = reached(constraint, context);
  validate.sql = {validate_sql(constraint.id)};
  validate.undo_note = "Nothing to undo: it changes no data.";
  validate.own_transaction = true;
  // the transaction of the swap goes on to what else is made again
  if (follows_swap(constraint, context)) validate.role = Role::Finish;
  operations.push_back(std::move(validate));
}

// The index is built online; the constraint then takes it over, and gives it its own name. Where a
// constraint of that name is replaced, it serves until then.
void add_using_index(const Constraint& constraint, const Change& change, const Context& context,
                     Operations& operations) {
  const Index index = built_first(constraint, change, context);
  Operation build = adding(constraint, context, Op::CreateIndexConcurrently,
                           "The unique index is built online first.");
  build.object = index.id;
  if (index.id.name != constraint.id.name) build.releases = {constraint.id};
  build.after_drops = {index.id};  // of an earlier try
  build.sql = {concurrently(create_sql(index, false).front())};
  // it is gone already when the constraint was made
  build.undo = {"DROP INDEX IF EXISTS " + quote_qualified({index.id.schema, index.id.name})};
  if (!context.own_objects.contains(index.id)) operations.push_back(std::move(build));

  Operation add = adding(constraint, context, Op::AddConstraintUsingIndex,
                         "The constraint takes the index over.");
  if (constraint.contype == 'p' && !add.relations.empty())  // NOT NULL goes on to children
    add.relations = with_heirs(index.table, context);
  add.refs.push_back(index.id);
  add.sql = using_index_sql(constraint, index.id.name);
  add.undo = {drop_sql(constraint)};
  operations.push_back(std::move(add));
}

// The tables below that leave in this plan.
void follow_leaving(const QualifiedName& parent, const Context& context, Operation& operation) {
  const auto heirs = context.old_heirs.find(parent);
  if (heirs == context.old_heirs.end()) return;
  for (const Table* heir : heirs->second) {
    const QualifiedName name{heir->id.schema, heir->id.name};
    const Table* after = context.to.table(name);
    if (after && !is_child(*after, parent)) {
      operation.refs.push_back(heir->id);
      leave_out(name, context, operation);
    }
    follow_leaving(name, context, operation);
  }
}

// What comes down to tables is changed when those that leave have left; what they keep of it can be
// dropped then.
void follow_leaving(const Constraint& constraint, const Context& context, Operation& operation) {
  const QualifiedName table = table_name(constraint.id);
  if (!constraint.local) operation.refs.push_back(table_id(table));
  if (!has_parts(constraint) && !constraint.no_inherit) follow_leaving(table, context, operation);
}

// A check of that name that a table below has itself would become part of it, and could not go.
void follow_own_below(const Constraint& check, const Context& context, Operation& operation) {
  const Table* table = context.from.table(table_name(check.id));
  if (check.contype != 'c' || check.no_inherit || !table) return;
  for (const Table* below : all_below(*table, context.old_heirs)) {
    ObjectId own = check.id;
    own.schema = below->id.schema;
    own.parent = below->id.name;
    if (context.goes_away(own)) operation.after_drops.push_back(std::move(own));
  }
}

// The unique indexes and keys among these that the foreign key could refer to
// (tablecmds.c, transformFkeyCheckAttrs).
std::vector<ObjectId> keys_for(const Constraint& foreign_key,
                               const std::vector<const Object*>& children) {
  const std::set<std::string> wanted(foreign_key.referenced_columns.begin(),
                                     foreign_key.referenced_columns.end());
  std::vector<ObjectId> keys;
  for (const Object* child : children) {
    std::set<std::string> columns;
    if (child->id.kind == Kind::Index) {
      const auto& index = static_cast<const Index&>(*child);
      if (!index.unique) continue;
      for (const IndexElement& element : index.elements) columns.insert(element.column);
    } else if (child->id.kind == Kind::Constraint) {
      const auto& key = static_cast<const Constraint&>(*child);
      if (key.contype != 'p' && key.contype != 'u') continue;
      columns.insert(key.columns.begin(), key.columns.end());
    }
    if (columns == wanted) keys.push_back(child->id);
  }
  return keys;
}

std::vector<ObjectId> leaving_keys(const Constraint& foreign_key, const Context& context) {
  std::vector<ObjectId> keys =
      keys_for(foreign_key, context.children_of(table_id(foreign_key.referenced_table)));
  std::erase_if(keys, [&](const ObjectId& key) { return !context.goes_away(key); });
  return keys;
}

// It goes before one of its columns changes its type.
bool is_on_retyped(const Constraint& key, const Context& context) {
  return std::ranges::any_of(key.columns, [&](const std::string& column) {
    const Change* change = context.change({Kind::Column, key.id.schema, key.id.parent, column, {}});
    return change && diff::retypes(*change);
  });
}

bool is_key(const Constraint& constraint) {
  return constraint.contype == 'p' || constraint.contype == 'u';
}

// Whether the key can be built while others write.
bool is_built_online(const Constraint& key, const Context& context, const Catalog& catalog) {
  const QualifiedName table = table_name(key.id);
  return is_key(key) && !key.temporal && context.size(table) == Size::Large &&
         !is_partitioned(catalog, table);
}

}  // namespace

std::vector<ObjectId> coming_keys(const Constraint& foreign_key, const Context& context) {
  const auto children = context.new_children.find(foreign_key.referenced_table);
  if (children == context.new_children.end()) return {};
  return keys_for(foreign_key, children->second);
}

Index index_for(const Constraint& constraint, std::string name) {
  Index index;
  index.id = {Kind::Index, constraint.id.schema, {}, std::move(name), {}};
  index.table = table_name(constraint.id);
  index.unique = true;
  index.nulls_not_distinct = constraint.nulls_not_distinct;
  for (const std::string& column : constraint.columns) {
    IndexElement element;
    element.column = column;
    index.elements.push_back(element);
  }
  index.include = constraint.include;
  index.options = constraint.options;
  index.tablespace = constraint.tablespace;
  return index;
}

Statements using_index_sql(const Constraint& constraint, const std::string& index) {
  Statements sql = {alter_its_table(constraint) + " ADD CONSTRAINT " + sql_name(constraint.id) +
                    (constraint.contype == 'p' ? " PRIMARY KEY" : " UNIQUE") + " USING INDEX " +
                    quote_identifier(index) + (constraint.deferrable ? " DEFERRABLE" : "") +
                    (constraint.initially_deferred ? " INITIALLY DEFERRED" : "")};
  if (constraint.clustered)
    sql.push_back(cluster_on(table_name(constraint.id), constraint.id.name, true));
  append(sql, comment_sql(constraint));
  return sql;
}

bool is_built_online(const Constraint& key, const Context& context) {
  return is_built_online(key, context, context.to);
}

Index built_first(const Constraint& key, const Change& change, const Context& context) {
  const bool replaces = change.action == Action::Replace && change.because.empty() &&
                        !is_on_retyped(context.from.constraints.at(key.id), context);
  return index_for(key, replaces ? temporary_name(key.id.name) : key.id.name);
}

void lower_create(const Constraint& constraint, const Change& change, const Context& context,
                  Operations& operations) {
  const QualifiedName table = table_name(constraint.id);
  const bool large = context.size(table) == Size::Large;
  const bool partitioned = is_partitioned(context.to, table);
  const bool foreign = is_foreign(context.to, table);
  const bool checked = constraint.contype == 'c' || (constraint.contype == 'f' && !partitioned);
  const std::size_t first = operations.size();
  const bool holds = constraint.validated && constraint.enforced;
  if (large && !foreign && checked && holds) {
    add_and_validate(constraint, context, operations);
  } else if (goes_by_partitions(constraint, context)) {
    add_by_partitions(
        constraint,
        adding(constraint, context, Op::AddForeignKeyNotValid, "The constraint is new."), context,
        operations);
  } else if (is_built_online(constraint, context)) {
    add_using_index(constraint, change, context, operations);
  } else {
    const Op op = foreign ? Op::AlterForeignTable
                  : constraint.contype == 'f'
                      ? (holds ? Op::AddForeignKey : Op::AddForeignKeyNotValid)
                  : constraint.contype == 'c' ? (holds ? Op::AddCheck : Op::AddConstraintNotValid)
                  : partitioned && is_key(constraint) ? Op::AddIndexConstraintOnly
                                                      : Op::AddIndexConstraint;
    Operation operation = adding(constraint, context, op, "The constraint is new.");
    operation.sql = full_create(constraint, context.to, context.from, false, false);
    operations.push_back(std::move(operation));
  }
  if (change.action == Action::Replace)
    operations[first].why = change.attributes.empty()
                                ? "The constraint is made again: what it stands on changes."
                                : "The constraint with its new definition.";
  operations[first].unproven = change.unproven;
  if (constraint.contype == 'f') {
    // else the foreign key might settle on a key that is about to go
    operations[first].after_drops = change.because;
    for (ObjectId& key : leaving_keys(constraint, context))
      operations[first].after_drops.push_back(std::move(key));
    for (ObjectId& key : coming_keys(constraint, context))
      operations[first].refs.push_back(std::move(key));
    for (const ObjectId& ref : constraint.refs)
      if (ref.kind == Kind::Constraint || ref.kind == Kind::Index)
        follow_attachment(ref, context, operations[first]);
    follow_leaving_partitions(constraint, context, operations[first]);
  }
  for (std::size_t i = first; i < operations.size(); ++i)
    follow_leaving(constraint, context, operations[i]);
  follow_own_below(constraint, context, operations[first]);
  undo_adoption(constraint.id, context, operations[first]);
  validate_in_partitions(constraint, context, operations);
  attach_to_parent(constraint, attach_sql(constraint), context, operations, first);
}

void lower_drop(const Constraint& constraint, const Change& change, const Context& context,
                Operations& operations) {
  const bool replaced = change.action == Action::Replace;
  bool lets_in_more = false;
  if (replaced) {
    const Constraint& after = context.to.constraints.at(constraint.id);
    const Between difference = between(after, context);
    lets_in_more = difference == Between::LetsInMore;
    if (difference == Between::LetsInOther) let_in_both(constraint, after, context, operations);
  }
  const bool loosens = constraint.contype == 'c' || constraint.contype == 'f';
  const bool forgets = std::ranges::any_of(change.because, [&](const ObjectId& id) {
    const Change* cause = context.change(id);
    return cause && changed(*cause, "valid checks");
  });
  Operation operation = make(
      Role::Drop, constraint, loosens && !replaced ? Phase::Expand : Phase::Contract,
      !replaced ? "The constraint is not in the desired schema."
      : forgets ? "A partition shall not be known to keep the check, which it is until that goes."
      : change.attributes.empty() ? "What the constraint stands on changes."
                                  : "A constraint cannot be altered in place.");
  if (replaced && (!change.because.empty() || lets_in_more)) operation.phase = Phase::Expand;
  if (is_on_renamed(constraint, context)) operation.phase = Phase::Contract;
  operation.sql = {drop_sql(constraint)};
  operation.undo = made_as_it_was(constraint, context);
  if (!replaced && is_built_online(constraint, context, context.from)) {
    operation.undo = using_index_sql(constraint, constraint.id.name);
    operation.undo.insert(
        operation.undo.begin(),
        concurrently(create_sql(index_for(constraint, constraint.id.name), false).front()));
  }
  const QualifiedName index{constraint.id.schema, constraint.id.name};
  if (constraint.has_index()) add_index_parts(index, context, operation.parts);
  operation.op = Op::DropConstraint;
  operation.relations = reached(constraint, context);
  if (constraint.has_index()) follow_leaving_parts(index, context, operation);
  if (constraint.contype == 'f')
    append(operation.relations, with_partitions(constraint.referenced_table, context));
  follow_leaving(constraint, context, operation);
  follow_detachment(constraint, context, operation);
  release_referenced_partitions(constraint, context, operation);
  operations.push_back(std::move(operation));
}

void lower_alter(const Constraint& before, const Constraint& after, const Change& change,
                 const Context& context, Operations& operations) {
  const std::string alter_index = "ALTER INDEX " + index_of(after);
  const auto push = [&](Role role, Phase phase, Op op, std::string why, Statements sql,
                        Statements undo) -> Operation& {
    Operation operation = make(role, after, phase, std::move(why));
    operation.op = op;
    operation.relations = reached(after, context);
    operation.sql = std::move(sql);
    operation.undo = std::move(undo);
    operations.push_back(std::move(operation));
    return operations.back();
  };
  if (changed(change, "clustered"))
    push(Role::Alter, Phase::Expand, Op::ClusterOn, "The index that CLUSTER goes by differs.",
         {cluster_on(table_name(after.id), after.id.name, after.clustered)},
         {cluster_on(table_name(after.id), before.id.name, before.clustered)})
        .relations = {sql_parent(after.id)};
  if (changed(change, "validated") && after.enforced) {
    Operation& operation = push(Role::Alter, Phase::Contract, Op::ValidateConstraint,
                                "The constraint shall be known to hold for all rows.",
                                {validate_sql(after.id)}, {drop_sql(after)});
    append(operation.undo, made_as_it_was(before, context));
    operation.own_transaction = true;
  }
  if (changed(change, "enforced")) {
    const auto sql = [&](const Constraint& constraint) {
      return alter_its_table(constraint) + " ALTER CONSTRAINT " + sql_name(constraint.id) +
             (constraint.enforced ? " ENFORCED" : " NOT ENFORCED");
    };
    Operation& operation =
        push(Role::Alter, after.enforced ? Phase::Contract : Phase::Expand,
             after.enforced ? Op::EnforceConstraint : Op::DisenforceConstraint,
             "Whether the foreign key is enforced differs.", {sql(after)}, {sql(before)});
    operation.relations.push_back(quote_qualified(after.referenced_table));
    if (!before.validated) {
      operation.undo = {drop_sql(after)};
      append(operation.undo, full_create(before, context.from, context.from));
    }
  }
  if (changed(change, "deferrable") || changed(change, "initially deferred")) {
    const auto sql = [&](const Constraint& constraint) {
      return alter_its_table(constraint) + " ALTER CONSTRAINT " + sql_name(constraint.id) +
             (constraint.deferrable ? " DEFERRABLE" : " NOT DEFERRABLE") +
             (constraint.initially_deferred ? " INITIALLY DEFERRED"
              : constraint.deferrable       ? " INITIALLY IMMEDIATE"
                                            : "");
    };
    push(Role::Detail, Phase::Expand, Op::AlterConstraint,
         "When the foreign key is checked differs.", {sql(after)}, {sql(before)});
  }
  if (changed(change, "storage parameters"))
    push(Role::Detail, Phase::Expand,
         needs_exclusive_lock(before.options, after.options) ? Op::AlterIndexExclusive
                                                             : Op::AlterIndex,
         "The storage parameters of its index differ.",
         options_sql(alter_index, before.options, after.options),
         options_sql(alter_index, after.options, before.options))
        .relations = {index_of(after)};
  if (changed(change, "tablespace"))
    push(Role::Detail, Phase::Contract, Op::MoveIndex, "Its index moves to another tablespace.",
         {alter_index + " SET TABLESPACE " + tablespace_name(after.tablespace)},
         {alter_index + " SET TABLESPACE " + tablespace_name(before.tablespace)})
        .relations = {index_of(after)};
  if (changed(change, "index comment"))
    push(Role::Detail, Phase::Expand, Op::CommentOn, "The comment of its index differs.",
         {comment_statement(index_address(after), *after.index_comment)},
         {comment_statement(index_address(before), *before.index_comment)})
        .relations = {index_of(after)};
  if (changed(change, "parent index"))
    attach_to_parent(after, attach_sql(after), context, operations, operations.size());
}

}  // namespace schemadiff::engine
