// Decides how a column of a large table changes its type while applications run: a new column that
// a trigger fills, copies of the indexes on it, and a short exchange of the two.
#include <algorithm>

#include "engine/enum_values.h"
#include "engine/lower/column.h"
#include "engine/lower/column_type.h"
#include "engine/lower/partition.h"
#include "engine/retypes.h"
#include "engine/sync_trigger.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

std::string next_name(const ColumnChange& c) { return temporary_name(c.change.id.name); }
std::string aside_name(const ColumnChange& c) { return old_type_name(c.change.id.name); }

// The column while it does not have its name: what fills it is the trigger.
Column bare(Column column, std::string name) {
  column.name = std::move(name);
  column.not_null = false;
  column.not_null_name.clear();
  column.default_value.clear();
  column.default_refs.clear();
  column.identity = '\0';
  column.identity_sequence = QualifiedName{};
  column.identity_options = SequenceOptions{};
  column.identity_acl.clear();
  column.identity_comment.clear();
  return column;
}

enum class Way : unsigned char { ToNew, ToOld };

// A value of the column in the other form of its enum, as text; empty: it has no enum that is made
// anew.
std::string other_form(const ColumnChange& c, const std::string& value, Way way) {
  if (!enum_cause(c.change)) return {};
  const TypeName& type = c.before->type;
  return mapped_text(
      value, type,
      way == Way::ToNew ? values_to_new(type, c.context) : values_to_old(type, c.context));
}

// `value` is one of `from`, to be assigned to `to`.
std::string carried_over(const ColumnChange& c, const std::string& value, const Column& from,
                         const Column& to, Way way) {
  const std::string text = other_form(c, value, way);
  return text.empty() ? conversion(value, from.type, to.type) : text + "::" + to.type.sql;
}

// A trigger assigns the text of an enum's value without its type's name, which changes meanwhile.
SyncTrigger fill(const ColumnChange& c, const Column& from, const Column& to, Way way) {
  const std::string value = "NEW." + quote_identifier(from.name);
  std::string text = other_form(c, value, way);
  return {{c.table.id.schema, c.table.id.name},
          from.name,
          to.name,
          from.type,
          to.type,
          text.empty() ? conversion(value, from.type, to.type) : std::move(text),
          {},
          !c.table.partition_key.strategy.empty()};
}

// Whether the default is dropped before the exchange and set after it by another change.
bool default_elsewhere(const ColumnChange& c) {
  ObjectId id = c.change.id;
  id.kind = Kind::Default;
  return c.context.change(id) != nullptr;
}

// The indexes and keys on the column, which stay as they are, those of partitions after that of
// which they are part.
std::vector<const Object*> carried(const ColumnChange& c) {
  std::vector<const Object*> objects;
  const Table& table = *c.context.from.table(table_name(c.change.id));
  for (const Table* each : with_all_below(table, c.context.old_heirs))
    for (const Object* child : c.context.children_of(each->id)) {
      if (child->id.kind != Kind::Index && child->id.kind != Kind::Constraint) continue;
      const std::vector<std::string> columns =
          own_columns(*child, {each->id.schema, each->id.name});
      if (!c.context.change(child->id) &&
          std::find(columns.begin(), columns.end(), c.change.id.name) != columns.end())
        objects.push_back(child);
    }
  return objects;
}

// Whether it holds no entries: those are in its parts.
bool is_of_partitioned(const Object& object, const Context& context) {
  return is_partitioned(context.from, owner_of(object));
}

// Its index on the column in its other form, under another name.
Index copy_of(const Object& object, const ColumnChange& c, const std::string& name,
              const std::string& column) {
  Index index = object.id.kind == Kind::Constraint
                    ? index_for(static_cast<const Constraint&>(object), name)
                    : static_cast<const Index&>(object);
  index.id.name = name;
  index.clustered = false;
  for (IndexElement& element : index.elements)
    if (element.column == c.change.id.name) element.column = column;
  std::replace(index.include.begin(), index.include.end(), c.change.id.name, column);
  return index;
}

Index copy_on_new(const Object& object, const ColumnChange& c) {
  return copy_of(object, c, temporary_name(object.id.name), next_name(c));
}

Index copy_on_old(const Object& object, const ColumnChange& c) {
  return copy_of(object, c, old_type_name(object.id.name), aside_name(c));
}

std::string index_name(const Object& object, std::string name) {
  return quote_qualified({object.id.schema, std::move(name)});
}

std::string drop_carried(const Object& object) {
  return object.id.kind == Kind::Constraint ? drop_sql(object)
                                            : "DROP INDEX " + index_name(object, object.id.name);
}

// The copy takes the name.
Statements install(const Object& object, const std::string& copy) {
  if (object.id.kind == Kind::Constraint)
    return using_index_sql(static_cast<const Constraint&>(object), copy);
  const auto& index = static_cast<const Index&>(object);
  Statements sql = {rename_sql("INDEX " + index_name(object, copy), object.id.name)};
  if (index.clustered) sql.push_back(cluster_on(index.table, index.id.name, true));
  append(sql, comment_sql(index));
  return sql;
}

// With those that are part of it.
Statements drop_carried(const std::vector<const Object*>& parts) {
  Statements sql;
  for (const Object* part : parts)
    if (parent_index_of(*part).empty()) sql.push_back(drop_carried(*part));
  return sql;
}

// All of them by `make`, but for those of partitioned tables, which are made of their parts.
template <class Make>
Statements assemble(const std::vector<const Object*>& parts, const Context& context, Make make) {
  Statements sql;
  for (const Object* part : parts)
    append(sql, is_of_partitioned(*part, context) ? recreate(*part, context.from) : make(*part));
  for (auto part = parts.rbegin(); part != parts.rend(); ++part)
    append(sql, attach_part_sql(**part));
  return sql;
}

struct Exchange {
  const Column& leaves;
  std::string aside;    // its name from then on
  std::string waiting;  // the name until then of
  const Column& comes;
};

// The new sequence goes on where the old one stands.
Statements move_identity(const ColumnChange& c, const Exchange& e,
                         const std::string& old_sequence) {
  const QualifiedName& name = e.comes.identity_sequence;
  Statements sql = {alter_column(c.change.id, "ADD " + identity_definition(e.comes)),
                    "SELECT pg_catalog.setval(" + quote_literal(quote_qualified(name)) +
                        ", last_value, is_called) FROM " +
                        quote_qualified({name.schema, old_sequence}),
                    "ALTER TABLE " + sql_name(c.table.id) + " ALTER COLUMN " +
                        quote_identifier(e.aside) + " DROP IDENTITY"};
  if (!e.comes.identity_comment.empty())
    sql.push_back(comment_statement(identity_target(e.comes), *e.comes.identity_comment));
  append(sql, grant_sql(initial_acl(c.context.from, Kind::Sequence, name.schema),
                        identity_acl(e.comes), identity_target(e.comes), {}, c.table.owner));
  return sql;
}

Statements exchange(const ColumnChange& c, const Exchange& e) {
  const std::string rename = "ALTER TABLE " + sql_name(c.table.id) + " RENAME COLUMN ";
  const std::string name = quote_identifier(c.change.id.name);
  const std::string old_sequence = old_type_name(e.leaves.identity_sequence->name);
  Statements sql;
  const bool with_default = !default_elsewhere(c);
  if (with_default && !e.leaves.default_value.empty())
    sql.push_back(alter_column(c.change.id, "DROP DEFAULT"));
  if (e.leaves.identity != '\0')
    sql.push_back(
        rename_sql("SEQUENCE " + quote_qualified(e.leaves.identity_sequence), old_sequence));
  sql.push_back(rename + name + " TO " + quote_identifier(e.aside));
  sql.push_back(rename + quote_identifier(e.waiting) + " TO " + name);
  if (e.comes.identity != '\0') append(sql, move_identity(c, e, old_sequence));
  for (const Object* child : c.context.children_of(c.table.id))
    if (child->id.kind == Kind::Sequence)
      if (const auto& sequence = static_cast<const Sequence&>(*child);
          sequence.owned_by.column == c.change.id.name)
        append(sql, owned_by_sql(sequence));
  if (with_default && !e.comes.default_value.empty())
    sql.push_back(alter_column(c.change.id, "SET DEFAULT " + e.comes.default_value->sql));
  return sql;
}

// From version 18 on NOT NULL has a name, which goes with the column.
std::string rename_not_null(const ColumnChange& c, const std::string& from, const std::string& to) {
  return "ALTER TABLE " + sql_name(c.table.id) + " RENAME CONSTRAINT " + quote_identifier(from) +
         " TO " + quote_identifier(to);
}

// The old column from the exchange on.
Column set_aside(const ColumnChange& c) {
  Column column = *c.before;
  column.name = aside_name(c);
  if (const ObjectId* type = enum_cause(c.change))
    column.type = under_name(column.type, *type, old_type_name(type->name));
  return column;
}

// As the way there: a trigger, rows that are filled, indexes that are built while others write, and
// a short exchange.
Statements swap_back(const ColumnChange& c, const Column& after,
                     const std::vector<const Object*>& parts, bool not_null) {
  const Column& before = *c.before;
  const std::string aside = aside_name(c), quoted_aside = quote_identifier(aside);
  ObjectId aside_id = c.change.id;
  aside_id.name = aside;
  const Column old_column = set_aside(c);
  const SyncTrigger back = fill(c, after, old_column, Way::ToOld);
  const NotNullCheck check(c.table, aside);
  const std::string name = quote_identifier(after.name);
  const std::string value = carried_over(c, name, after, old_column, Way::ToOld);
  Statements undo = create_sql(back);
  if (not_null) undo.push_back(check.add());
  append(undo,
         backfill_again(
             c, [&](const Table&) { return quoted_aside + " = " + value; },
             distinct_sql(quoted_aside,
                          enum_cause(c.change) ? value : converted(name, after.type, before.type),
                          before.type)));
  for (const Object* part : parts)
    if (!is_of_partitioned(*part, c.context))
      undo.push_back(concurrently(create_sql(copy_on_old(*part, c), false).front()));
  const bool named = not_null && c.context.from.server_version >= 18;
  if (not_null) undo.push_back(check.validate());
  if (named)
    undo.push_back(rename_not_null(c, schema::not_null_name(c.table.id, after),
                                   default_not_null_name(c.table.id.name, next_name(c))));
  if (not_null) append(undo, {alter_column(aside_id, "SET NOT NULL"), check.drop()});
  if (named)
    undo.push_back(rename_not_null(c, default_not_null_name(c.table.id.name, aside),
                                   schema::not_null_name(c.table.id, before)));
  append(undo, drop_sql(back));
  append(undo, drop_carried(parts));
  append(undo, exchange(c, {after, next_name(c), aside, before}));
  append(undo, assemble(parts, c.context, [](const Object& part) {
           return install(part, old_type_name(part.id.name));
         }));
  return undo;
}

Operation swap(const ColumnChange& c, const Column& after, const std::vector<const Object*>& parts,
               const SyncTrigger& trigger, bool not_null) {
  const Column& before = *c.before;
  const std::string aside = aside_name(c);
  ObjectId aside_id = c.change.id;
  aside_id.name = aside;
  const bool both_work =
      every_value_fits(c.change, before.type, after.type) && same_family(before.type, after.type);
  Operation swap = operation_on(c, Role::Alter, both_work ? Phase::Migrate : Phase::Contract,
                                "The new column takes the name of the old one, which is kept as " +
                                    quote_identifier(aside) + '.',
                                Op::SwapColumns);
  swap.retypes = true;
  swap.sql = drop_sql(trigger);
  append(swap.sql, drop_carried(parts));
  append(swap.sql, exchange(c, {before, aside, next_name(c), after}));
  const bool named = not_null && c.context.from.server_version >= 18;
  const std::string next_not_null = default_not_null_name(c.table.id.name, next_name(c));
  const std::string not_null_name = schema::not_null_name(c.table.id, after);
  if (not_null) swap.sql.push_back(alter_column(aside_id, "DROP NOT NULL"));
  if (named) swap.sql.push_back(rename_not_null(c, next_not_null, not_null_name));
  append(swap.sql, assemble(parts, c.context, [](const Object& part) {
           return install(part, temporary_name(part.id.name));
         }));

  swap.undo = swap_back(c, after, parts, not_null);
  append(swap.undo, create_sql(trigger));
  return swap;
}

}  // namespace

ObjectId set_aside_by_retype(ObjectId column) {
  column.name = old_type_name(column.name);
  return column;
}

void lower_retyped_online(const ColumnChange& c, Operations& operations) {
  const Column& before = *c.before;
  const Column& after = *c.after;
  const bool not_null = before.not_null && after.not_null;
  const ObjectId* type = enum_cause(c.change);
  if (before.not_null && !after.not_null) {
    lower_drop_not_null(c, operations);
    if (type) std::erase(operations.back().refs, *type);  // in whichever form
  }

  Column next_column = bare(after, next_name(c));
  next_column.type = next_type(c.change, after);
  if (type) std::replace(next_column.refs.begin(), next_column.refs.end(), *type, beside(*type));
  diff::Change next_change = c.change;
  next_change.id.name = next_column.name;
  Column required = next_column;
  required.not_null = true;
  const ColumnChange next{next_change, c.context, c.table, c.before, &required};
  const SyncTrigger trigger = fill(c, before, next_column, Way::ToNew);
  const bool under_way = c.context.own_objects.contains(next_change.id);
  if (!under_way) {
    Operation add =
        operation_on(next, Role::Alter, Phase::Expand,
                     type ? "A trigger fills a new column, which has the new form of the type."
                          : "The type was " + column_type(before) + " and shall be " +
                                column_type(after) + ": a trigger fills a new column.",
                     Op::AddSyncedColumn);
    add.sql = add_column(c.table, next_column, c.context, true);
    append(add.sql, details_below(c.table, *c.after, next_column, c.context.heirs, c.context));
    append(add.sql, create_sql(trigger));
    add.undo = drop_sql(trigger);
    add.undo.push_back(drop_column(c.table, next_column));
    operations.push_back(std::move(add));
  }

  const std::string from = quote_identifier(before.name), to = quote_identifier(next_column.name);
  const std::string value = carried_over(c, from, before, next_column, Way::ToNew);
  lower_backfill(
      next, [&](const Table&) { return to + " = " + value; },
      to + " IS NULL AND " + from + " IS NOT NULL",
      "The rows that are there get their value in the new type.", operations);
  const Column* there = c.context.from.table(table_name(c.change.id))->find(next_column.name);
  const bool required_already = under_way && there->not_null && there->not_null_validated;
  if (not_null && !required_already) lower_set_not_null(next, Phase::Migrate, operations);

  const std::vector<const Object*> parts = carried(c);
  const Operation any =
      operation_on_part(next, Role::Alter, Phase::Migrate, {}, Op::CreateIndexConcurrently);
  for (const Object* part : parts) {
    const Index copy = copy_on_new(*part, c);
    if (is_of_partitioned(*part, c.context) || c.context.own_objects.contains(copy.id)) continue;
    Operation build = any;
    build.why = "On the new column, " +
                std::string(part->id.kind == Kind::Index ? "" : "the index of ") +
                describe(part->id) + " is built again.";
    build.object.schema = copy.table.schema;
    build.object.parent = copy.table.name;
    build.relations = {quote_qualified(copy.table)};
    build.sql = {concurrently(create_sql(copy, false).front())};
    build.undo = {"DROP INDEX IF EXISTS " + index_name(*part, copy.id.name)};
    build.after_drops = {copy.id};  // of an earlier try
    operations.push_back(std::move(build));
  }

  operations.push_back(swap(c, after, parts, trigger, not_null));
  if (!before.not_null && after.not_null) lower_set_not_null(c, Phase::Contract, operations);

  const Column old_column = bare(set_aside(c), aside_name(c));
  Operation drop =
      operation_on(c, Role::Drop, Phase::Contract, "The column has its new type; the old one goes.",
                   Op::DropSyncedColumn);
  drop.object.name = old_column.name;
  drop.refs.push_back(c.change.id);
  if (type) std::erase(drop.releases, *type);  // it is set aside before; its end follows
  drop.sql = {drop_column(c.table, old_column)};
  drop.undo = add_column(c.table, old_column, c.context, true);
  append(drop.undo, details_below(c.table, *c.before, old_column, c.context.old_heirs, c.context));
  drop.undo_note = "Its values come back with the undo of the exchange.";
  if (type && merges_values(before.type, c.context)) tell_loss(drop, kMergedValues);
  operations.push_back(std::move(drop));
}

}  // namespace schemadiff::engine
