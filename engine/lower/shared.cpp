// What the lowering of all kinds shares: names, claims and statements that recur.
#include <fmt/format.h>

#include <algorithm>

#include "engine/lower/table.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

bool changed(const Change& change, std::string_view attribute) {
  return std::any_of(change.attributes.begin(), change.attributes.end(),
                     [&](const auto& a) { return a.attribute == attribute; });
}

std::string listed(const std::vector<ObjectId>& objects) {
  std::string text;
  for (const ObjectId& id : objects) {
    if (!text.empty()) text += ", ";
    text += describe(id);
  }
  return text;
}

Statements options_sql(const std::string& alter, const Options& before, const Options& after) {
  Statements sql;
  std::vector<std::string> gone;
  for (const auto& option : before)
    if (std::none_of(after.begin(), after.end(),
                     [&](const auto& o) { return o.first == option.first; }))
      gone.push_back(option.first);
  if (!gone.empty())
    sql.push_back(alter + " RESET (" + fmt::format("{}", fmt::join(gone, ", ")) + ')');
  if (!after.empty() && after != before) sql.push_back(alter + " SET " + options_list(after));
  return sql;
}

namespace {

bool is_set_online(const std::string& option) {
  constexpr std::string_view kOnline[] = {"deduplicate_items", "fillfactor",
                                          "log_autovacuum_min_duration", "parallel_workers",
                                          "toast_tuple_target"};
  return std::find(std::begin(kOnline), std::end(kOnline), option) != std::end(kOnline) ||
         option.starts_with("autovacuum_") || option.starts_with("vacuum_") ||
         option.starts_with("toast.");
}

}  // namespace

bool needs_exclusive_lock(const Options& before, const Options& after) {
  const auto differs = [](const Options& from, const Options& to) {
    return std::any_of(from.begin(), from.end(), [&](const auto& option) {
      return !is_set_online(option.first) && std::find(to.begin(), to.end(), option) == to.end();
    });
  };
  return differs(before, after) || differs(after, before);
}

bool all_new(const QualifiedName& table, const std::vector<std::string>& columns,
             const Context& context) {
  if (context.is_new(table)) return true;
  return !columns.empty() &&
         std::all_of(columns.begin(), columns.end(), [&](const std::string& column) {
           const Change* change =
               context.change({Kind::Column, table.schema, table.name, column, {}});
           return change && change->action == Action::Create &&
                  (!context.renamed_from.contains(change->id) ||
                   context.lookups.contains(change->id));
         });
}

std::vector<std::string> own_columns(const Object& object, const QualifiedName& table) {
  std::vector<std::string> columns;
  for (const ObjectId& ref : object.refs)
    if (ref.kind == Kind::Column && ref.parent == table.name && ref.schema == table.schema)
      columns.push_back(ref.name);
  return columns;
}

std::string concurrently(std::string create_index) {
  constexpr std::string_view kWord = "INDEX ";
  create_index.insert(create_index.find(kWord) + kWord.size(), "CONCURRENTLY ");
  return create_index;
}

bool is_dropped_apart(const Object& child, const Context& context) {
  if (child.id.kind == Kind::Index && parent_index_of(child).empty() &&
      context.goes_away(table_id(owner_of(child))))
    return !partitions_without(child, context).empty();
  return context.drops_links_apart &&
         (child.id.kind == Kind::Rule || child.id.kind == Kind::Policy ||
          (child.id.kind == Kind::Constraint &&
           static_cast<const Constraint&>(child).contype == 'f'));
}

QualifiedName table_name(const ObjectId& child) { return {child.schema, child.parent}; }
std::string quoted_table(const ObjectId& child) { return quote_qualified(table_name(child)); }

std::string alter_column(const ObjectId& column, std::string_view action, bool only) {
  return std::string("ALTER TABLE ") + (only ? "ONLY " : "") + quoted_table(column) +
         " ALTER COLUMN " + quote_identifier(column.name) + (action.empty() ? "" : " ") +
         std::string(action);
}

namespace {

void add_heirs(const QualifiedName& table, const Context& context, Statements& names) {
  names.push_back(quote_qualified(table));
  const auto heirs = context.old_heirs.find(table);
  if (heirs == context.old_heirs.end()) return;
  for (const Table* heir : heirs->second)
    add_heirs({heir->id.schema, heir->id.name}, context, names);
}

}  // namespace

Statements with_heirs(const QualifiedName& table, const Context& context) {
  Statements names;
  add_heirs(table, context, names);
  return names;
}

bool is_child(const Table& table, const QualifiedName& parent) {
  return table.partition_of == parent ||
         std::ranges::find(table.inherits, parent) != table.inherits.end();
}

void leave_out(const QualifiedName& left, const Context& context, Operation& operation) {
  for (const std::string& name : with_heirs(left, context)) std::erase(operation.relations, name);
}

Statements with_partitions(const QualifiedName& table, const Context& context) {
  return is_partitioned(context.from, table) ? with_heirs(table, context)
                                             : Statements{quote_qualified(table)};
}

bool is_foreign(const Catalog& catalog, const QualifiedName& table) {
  const Table* found = catalog.table(table);
  return found && !found->server.empty();
}

bool is_partitioned(const Catalog& catalog, const QualifiedName& table) {
  const Table* found = catalog.table(table);
  return found && !found->partition_key.strategy.empty();
}

Statements details(const Object& object, const Catalog& live, bool with_owner,
                   bool with_privileges) {
  Statements sql = comment_sql(object, ddl_keyword(object));
  if (with_owner && !object.owner.empty()) {
    std::string statement = owner_sql(object, object.owner);
    if (!statement.empty()) sql.push_back(std::move(statement));
  }
  const std::string target = grant_target(object);
  if (with_privileges && !target.empty()) {
    std::vector<Grant> initial = initial_acl(live, object.id.kind, object.id.schema);
    // what it was granted is the owner's own from then on (acl.c, aclnewowner)
    if (with_owner && !object.owner.empty())
      std::erase_if(initial, [&](const Grant& grant) { return grant.grantee == object.owner; });
    append(sql, grant_sql(initial, object.acl, target, {}, object.owner));
    append(sql, column_grants_sql(object, object.owner,
                                  initial_acl(live, Kind::Sequence, object.id.schema)));
  }
  append(sql, label_sql(object));
  return sql;
}

namespace {

// What the object's definition refers to, columns of tables included.
std::vector<ObjectId> all_refs(const Object& object) {
  std::vector<ObjectId> refs = object.refs;
  if (object.id.kind == Kind::Table)
    for (const Column& column : static_cast<const Table&>(object).columns) {
      refs.insert(refs.end(), column.refs.begin(), column.refs.end());
      refs.insert(refs.end(), column.default_refs.begin(), column.default_refs.end());
    }
  if (!object.id.parent.empty()) {
    for (Kind kind : {Kind::Table, Kind::View, Kind::MaterializedView})
      refs.push_back({kind, object.id.schema, {}, object.id.parent, {}});
  }
  return refs;
}

}  // namespace

void tell_loss(Operation& operation, std::string what) {
  operation.undo_note = std::move(what);
  operation.undo_loses = true;
}

std::string rename_sql(std::string_view address, std::string_view name) {
  return "ALTER " + std::string(address) + " RENAME TO " + quote_identifier(name);
}

void set_irreversible(Operation& operation, std::string why) {
  operation.undo.clear();
  tell_loss(operation, std::move(why));
  operation.reversible = false;
}

Operation make(Role role, const Object& object, Phase phase, std::string why) {
  Operation operation;
  operation.role = role;
  operation.object = object.id;
  operation.phase = phase;
  operation.why = std::move(why);
  operation.span = object.span;
  if (role == Role::Drop)
    operation.releases = all_refs(object);
  else if (role != Role::Detail)
    operation.refs = all_refs(object);
  return operation;
}

Statements recreate(const Object& child, const Catalog& catalog) {
  const auto create = [&](const auto& object) { return full_create(object, catalog, catalog); };
  switch (child.id.kind) {
    case Kind::Index:
      return create(static_cast<const Index&>(child));
    case Kind::Constraint:
      return create(static_cast<const Constraint&>(child));
    case Kind::Statistics:
      return create(static_cast<const Statistics&>(child));
    case Kind::Rule:
      return create(static_cast<const Rule&>(child));
    case Kind::Trigger: {
      Trigger trigger = static_cast<const Trigger&>(child);
      trigger.partition_states.clear();  // its partitions come back later, and bring them
      return create(trigger);
    }
    case Kind::Policy:
      return create(static_cast<const Policy&>(child));
    default:
      return {};
  }
}

}  // namespace schemadiff::engine
