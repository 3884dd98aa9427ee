// Decides how indexes are built, replaced, altered and dropped.
#include <algorithm>

#include "engine/lower/materialized_view.h"
#include "engine/lower/partition.h"
#include "schema/object_names.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

namespace {

std::string index_name(const ObjectId& id) { return quote_qualified({id.schema, id.name}); }

std::string drop_index(const ObjectId& id, bool online) {
  return std::string("DROP INDEX ") + (online ? "CONCURRENTLY " : "") + index_name(id);
}

// Whether the index of a partition's own constraint is part of it, on the side of `children`.
bool has_constraint_part(const ObjectId& index, const Children& children) {
  const auto parts = children.find({index.schema, index.name});
  return parts != children.end() && std::ranges::any_of(parts->second, [&](const Object* part) {
           return part->id.kind == Kind::Constraint || has_constraint_part(part->id, children);
         });
}

// Parts go with the whole; of those that belong to constraints the server wants to be told.
std::string drop_with_parts(const ObjectId& index, const Children& children) {
  return drop_index(index, false) + (has_constraint_part(index, children) ? " CASCADE" : "");
}

// An online build or drop is not to be had on partitioned tables, and not worth it on small ones.
bool online(const Index& index, const Context& context, const Catalog& catalog) {
  return context.size(index.table) == Size::Large && !is_partitioned(catalog, index.table);
}

std::vector<std::string> key_columns(const Index& index) { return own_columns(index, index.table); }

Operation build(const Index& index, const Context& context) {
  const bool tightens = index.unique && !all_new(index.table, key_columns(index), context);
  Operation operation =
      make(Role::Make, index, tightens ? Phase::Contract : Phase::Expand, "The index is new.");
  operation.relations = {quote_qualified(index.table)};
  const diff::CompareOptions& manage = context.options.compare;
  operation.sql = full_create(index, context.to, context.from, manage.owners, manage.privileges);
  operation.op = Op::CreateIndex;
  if (context.is_new(index.table)) {
    operation.relations.clear();
  } else if (is_partitioned(context.to, index.table)) {
    operation.op = Op::CreateIndexOnly;
  } else if (online(index, context, context.to)) {
    operation.op = Op::CreateIndexConcurrently;
  }
  operation.undo = {drop_with_parts(index.id, context.new_children)};
  if (index.unique && index.predicate.empty()) {
    operation.makes_unique = UniqueColumns{index.table, {}};
    for (const IndexElement& element : index.elements)
      operation.makes_unique->columns.insert(element.column);  // no foreign key has ""
  }
  return operation;
}

// CREATE INDEX CONCURRENTLY stands alone; what goes with the index follows in a transaction.
void push_build(Operation operation, Operations& operations) {
  if (runs_in_transaction(operation.op) || operation.sql.empty()) {
    operations.push_back(std::move(operation));
    return;
  }
  Statements rest(operation.sql.begin() + 1, operation.sql.end());
  operation.sql = {concurrently(operation.sql.front())};
  Operation details = operation;
  operations.push_back(std::move(operation));
  if (rest.empty()) return;
  details.role = Role::Detail;
  details.sql = std::move(rest);
  details.undo.clear();
  details.undo_note = "Goes away with the index.";
  details.op = Op::AlterIndex;
  details.why = "What the index has beside its definition.";
  details.rules.clear();
  operations.push_back(std::move(details));
}

bool serves_old_columns(const Index& index, const Context& context) {
  const std::vector<std::string> columns = key_columns(index);
  return std::any_of(columns.begin(), columns.end(), [&](const std::string& column) {
    return context.renamed_to.contains(
        {Kind::Column, index.table.schema, index.table.name, column, {}});
  });
}

// The partitioned index at the top of which it is part; itself where there is none.
const Index& whole_of(const Index& index, const Catalog& catalog) {
  const QualifiedName& parent = index.parent_index;
  const auto above = catalog.indexes.find({Kind::Index, parent.schema, {}, parent.name, {}});
  return above == catalog.indexes.end() ? index : whole_of(above->second, catalog);
}

// Whether the parts of a partitioned index are built while the old ones serve, which make way for
// all of them at once.
bool is_built_in_parts(const Index& whole, const Context& context) {
  const Change* change = context.change(whole.id);
  return change && change->action == Action::Replace && change->because.empty() &&
         whole.parent_index.empty() && context.from.indexes.at(whole.id).parent_index.empty() &&
         is_partitioned(context.to, whole.table) && is_partitioned(context.from, whole.table) &&
         context.size(whole.table) == Size::Large;
}

// The old index goes when the new parts are there.
void follow_parts(const ObjectId& whole, const Context& context, Operation& drop) {
  const auto parts = context.attached.find({whole.schema, whole.name});
  if (parts == context.attached.end()) return;
  for (const ObjectId& id : parts->second) {
    if (online(context.to.indexes.at(id), context, context.to)) drop.refs.push_back(id);
    follow_parts(id, context, drop);
  }
}

// The old form is built beside the new one, too.
Statements swap_back(const Index& before, const ObjectId& temporary, const Context& context) {
  Index old_form = before;
  old_form.id.name = old_type_name(before.id.name);
  Statements undo{concurrently(create_sql(old_form, false).front()),
                  rename_sql("INDEX " + index_name(before.id), temporary.name),
                  rename_sql("INDEX " + index_name(old_form.id), before.id.name)};
  Statements whole = full_create(before, context.from, context.from);
  undo.insert(undo.end(), whole.begin() + 1, whole.end());
  return undo;
}

Index form_beside(const Index& after) {
  Index form = after;
  form.id.name = temporary_name(after.id.name);
  form.comment.clear();
  return form;
}

// The new form is built beside the old one, which serves until the swap.
void swap(const Index& before, const Index& after, const Change& change, const Context& context,
          Operations& operations) {
  const Index temporary = form_beside(after);
  Operation first = build(after, context);
  const Phase phase = first.phase;
  first.sql = full_create(temporary, context.to, context.from, false, false);
  first.undo = {drop_index(temporary.id, false)};
  first.after_drops = {temporary.id};  // of an earlier try
  first.why = "The index with its new definition is built beside the old one.";
  first.unproven = change.unproven;
  if (!context.own_objects.contains(temporary.id)) push_build(std::move(first), operations);
  Operation swapped =
      make(Role::Alter, after, serves_old_columns(before, context) ? Phase::Contract : phase,
           "The new index takes the place of the old one.");
  swapped.releases = before.refs;
  swapped.op = Op::DropIndex;
  swapped.relations = {quote_qualified(after.table)};
  swapped.sql = {drop_index(before.id, false),
                 rename_sql("INDEX " + index_name(temporary.id), after.id.name)};
  append(swapped.sql, comment_sql(after));
  swapped.undo = swap_back(before, temporary.id, context);
  operations.push_back(std::move(swapped));
}

bool can_swap(const Index& before, const Index& after, const Change& change,
              const Context& context) {
  return change.because.empty() && before.table == after.table &&
         online(after, context, context.to) && online(before, context, context.from) &&
         before.parent_index.empty() && after.parent_index.empty();
}

}  // namespace

std::string temporary_name(std::string_view name) {
  return distinct_name(std::string(name) + "__new");
}

void collect_built_indexes(Context& context) {
  const auto go_on_with = [&](const Index& planned) {
    const auto built = context.from.indexes.find(planned.id);
    bool same = built != context.from.indexes.end() && !context.to.indexes.contains(planned.id);
    if (same)
      for_each_attribute<Index>([&](const auto& attribute) {
        same = same && built->second.*attribute.member == planned.*attribute.member;
      });
    if (same) context.own_objects.insert(planned.id);
  };
  for (const Change& change : context.changes) {
    const bool replaced = change.action == Action::Replace;
    if (change.id.kind == Kind::Index && replaced) {
      const Index& after = context.to.indexes.at(change.id);
      if (can_swap(context.from.indexes.at(change.id), after, change, context))
        go_on_with(form_beside(after));
    } else if (change.id.kind == Kind::Constraint && change.action != Action::Drop) {
      const Constraint& after = context.to.constraints.at(change.id);
      if ((replaced || change.action == Action::Create) && is_built_online(after, context))
        go_on_with(built_first(after, change, context));
    }
  }
}

bool is_part_built_beside(const Index& index, const Context& context) {
  const Change* change = context.change(index.id);
  return change && change->action == Action::Replace && !index.parent_index.empty() &&
         online(index, context, context.to) &&
         is_built_in_parts(whole_of(index, context.to), context);
}

namespace {

// It takes its name when the old one has made way.
void build_part_beside(const Index& index, const Change& change, const Context& context,
                       Operations& operations) {
  Index temporary = index;
  temporary.id.name = temporary_name(index.id.name);
  Operation operation = build(index, context);
  operation.why = "The index of a partition is built beside the old one.";
  operation.unproven = change.unproven;
  operation.sql = {concurrently(create_sql(temporary, false).front())};
  operation.after_drops = {temporary.id};  // of an earlier try
  const std::size_t first = operations.size();
  operations.push_back(std::move(operation));
  Statements take_place = {rename_sql("INDEX " + index_name(temporary.id), index.id.name)};
  append(take_place, comment_sql(index));
  append(take_place, attach_sql(index));
  attach_to_parent(index, std::move(take_place), context, operations, first);
  operations[first].undo = {"DROP INDEX IF EXISTS " + index_name(temporary.id)};
  operations[first].undo_note.clear();
  operations[first].undo_loses = false;
}

}  // namespace

void lower_create(const Index& index, const Change& change, const Context& context,
                  Operations& operations) {
  if (is_part_built_beside(index, context))
    return build_part_beside(index, change, context, operations);
  const QualifiedName& table = index.table;
  if (swaps_online({Kind::MaterializedView, table.schema, {}, table.name, {}}, context)) return;
  if (change.action == Action::Replace) {
    const Index& before = context.from.indexes.at(index.id);
    if (can_swap(before, index, change, context)) {
      swap(before, index, change, context, operations);
      return;
    }
  }
  Operation operation = build(index, context);
  operation.unproven = change.unproven;
  if (change.action == Action::Replace)
    operation.why = change.because.empty() ? "The index with its new definition."
                                           : "The index is built again: what it stands on changes.";
  undo_adoption(index.id, context, operation);
  const std::size_t first = operations.size();
  push_build(std::move(operation), operations);
  attach_to_parent(index, attach_sql(index), context, operations, first);
}

namespace {

// Whether an earlier try to replace an index or a key has left it behind.
bool is_leftover(const Index& index, const Context& context) {
  const auto replaced = [&](const ObjectId& id) {
    const Change* change = context.change(id);
    return change && change->action == Action::Replace && temporary_name(id.name) == index.id.name;
  };
  const auto& changes = context.changed_on(index.table);
  if (std::any_of(changes.begin(), changes.end(), replaced)) return true;
  if (std::none_of(changes.begin(), changes.end(),
                   [&](const ObjectId& id) { return context.retypes_online(id); }))
    return false;
  const ObjectId table{Kind::Table, index.table.schema, {}, index.table.name, {}};
  const auto& children = context.children_of(table);
  return std::any_of(children.begin(), children.end(), [&](const Object* child) {
    return temporary_name(child->id.name) == index.id.name;
  });
}

}  // namespace

void lower_drop(const Index& index, const Change& change, const Context& context,
                Operations& operations) {
  if (change.action == Action::Replace &&
      can_swap(index, context.to.indexes.at(index.id), change, context))
    return;
  const bool replaced = change.action == Action::Replace;
  const bool alone = !replaced && online(index, context, context.from);
  Operation operation = make(Role::Drop, index, replaced ? Phase::Expand : Phase::Contract,
                             !replaced                ? "The index is not in the desired schema."
                             : change.because.empty() ? "The index cannot be altered in place."
                                                      : "What the index stands on changes.");
  if (!replaced && is_leftover(index, context)) {
    operation.phase = Phase::Expand;
    operation.why = "An earlier try to build it was not finished.";
  }
  if (replaced && is_partitioned(context.from, index.table) &&
      is_built_in_parts(context.to.indexes.at(index.id), context)) {
    follow_parts(index.id, context, operation);
    if (serves_old_columns(index, context)) operation.phase = Phase::Contract;
  }
  if (!index.parent_index.empty()) operation.refs.push_back(table_id(index.table));  // detached
  operation.sql = {alone ? drop_index(index.id, true)
                         : drop_with_parts(index.id, context.children)};
  operation.undo = full_create(index, context.from, context.from);
  if (alone) operation.undo.front() = concurrently(operation.undo.front());
  add_index_parts({index.id.schema, index.id.name}, context, operation.parts);
  operation.op = alone ? Op::DropIndexConcurrently : Op::DropIndex;
  operation.relations = with_partitions(index.table, context);
  follow_leaving_parts({index.id.schema, index.id.name}, context, operation);
  follow_detachment(index, context, operation);
  for (ObjectId& partition : partitions_without(index, context))
    operation.releases.push_back(std::move(partition));
  operations.push_back(std::move(operation));
}

void lower_alter(const Index& before, const Index& after, const Change& change,
                 const Context& context, Operations& operations) {
  const std::string alter = "ALTER INDEX " + index_name(after.id);
  const auto push = [&](Op op, std::string why, Statements sql, Statements undo) {
    const bool of_table = op == Op::ClusterOn;
    Operation operation =
        make(of_table ? Role::Alter : Role::Detail, after,
             op == Op::MoveIndex ? Phase::Contract : Phase::Expand, std::move(why));
    operation.op = op;
    operation.relations = {of_table ? quote_qualified(after.table) : index_name(after.id)};
    operation.sql = std::move(sql);
    operation.undo = std::move(undo);
    operations.push_back(std::move(operation));
  };
  if (changed(change, "clustered"))
    push(Op::ClusterOn, "The index that CLUSTER goes by differs.",
         {cluster_on(after.table, after.id.name, after.clustered)},
         {cluster_on(before.table, before.id.name, before.clustered)});
  if (changed(change, "elements")) {
    Statements sql, undo;
    for (std::size_t i = 0; i < after.elements.size(); ++i) {
      if (before.elements[i].statistics == after.elements[i].statistics) continue;
      sql.push_back(statistics_target_sql(after, i, after.elements[i].statistics));
      undo.push_back(statistics_target_sql(after, i, before.elements[i].statistics));
    }
    push(Op::AlterIndex, "The statistics target of an index column differs.", std::move(sql),
         std::move(undo));
  }
  if (changed(change, "storage parameters"))
    push(needs_exclusive_lock(before.options, after.options) ? Op::AlterIndexExclusive
                                                             : Op::AlterIndex,
         "The index's storage parameters differ.",
         options_sql(alter, before.options, after.options),
         options_sql(alter, after.options, before.options));
  if (changed(change, "tablespace"))
    push(Op::MoveIndex, "The index moves to another tablespace.",
         {alter + " SET TABLESPACE " + tablespace_name(after.tablespace)},
         {alter + " SET TABLESPACE " + tablespace_name(before.tablespace)});
  if (changed(change, "parent index"))
    attach_to_parent(after, attach_sql(after), context, operations, operations.size());
}

std::string tablespace_name(const std::string& name) {
  return name.empty() ? "pg_default" : quote_identifier(name);
}

std::string cluster_on(const QualifiedName& table, const std::string& index, bool clustered) {
  const std::string alter = "ALTER TABLE " + quote_qualified(table);
  return clustered ? alter + " CLUSTER ON " + quote_identifier(index)
                   : alter + " SET WITHOUT CLUSTER";
}

}  // namespace schemadiff::engine
