#include "engine/renames.h"

#include <algorithm>

#include "engine/enum_values.h"
#include "engine/hints.h"
#include "engine/lower/column.h"
#include "engine/lower/partition.h"
#include "engine/row_types.h"
#include "engine/sync_trigger.h"
#include "schema/quote.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

// Whether an earlier run has added the new column, with its trigger.
bool is_under_way(const ObjectId& new_column, const Context& context) {
  const Table* table = context.from.table({new_column.schema, new_column.parent});
  return table && table->find(new_column.name) &&
         context.from.triggers.contains(sync_objects_of(new_column)[0]);
}

// Why no column of the table can be kept equal to another in meaning; empty: one can.
std::string sync_obstacle(const Table& table, const Column& before, const Column& after,
                          const Context& context) {
  if (std::string reason = shares_columns(table, context); !reason.empty()) return reason;
  if (std::string reason = loses_in_rows(table, context); !reason.empty()) return reason;
  for (const Column* column : {&before, &after})
    if (std::string reason = settings_of_partitions(table, column->name, context); !reason.empty())
      return reason;
  if (is_partition_key(table, before.name, context)) return "the table is partitioned by it";
  if (!before.generated.empty() || !after.generated.empty()) return "the column is generated";
  if (before.identity != '\0' || after.identity != '\0') return "it is an identity column";
  if (refuses_null(after.type, context.to))
    return "its domain is NOT NULL, so that a new column of it cannot wait for its values";
  return {};
}

bool is_text(const TypeName& type) {
  return type.sql == "text" || type.sql.starts_with("character varying");
}

// Whether no two rows of the table have the same value in the column.
bool is_unique(const Table& table, const std::string& column, const Catalog& catalog) {
  const QualifiedName name{table.id.schema, table.id.name};
  const bool by_key = std::ranges::any_of(catalog.constraints, [&](const auto& entry) {
    const Constraint& key = entry.second;
    return table_name(key.id) == name && (key.contype == 'p' || key.contype == 'u') &&
           !key.deferrable && key.columns == std::vector{column};
  });
  return by_key || std::ranges::any_of(catalog.indexes, [&](const auto& entry) {
           const Index& index = entry.second;
           return index.table == name && index.unique && index.predicate.empty() &&
                  index.elements.size() == 1 && index.elements.front().column == column;
         });
}

// The one column by which people call the rows of a reference table.
std::string label_of(const Table& table, const Catalog& catalog, const Hint& hint) {
  std::vector<std::string> labels;
  for (const Column& column : table.columns)
    if (is_text(column.type) && is_unique(table, column.name, catalog))
      labels.push_back(column.name);
  if (labels.size() == 1) return labels.front();
  throw error_at(hint.span, catalog,
                 describe(table.id) +
                     (labels.empty() ? " has no unique column of text"
                                     : " has several unique columns of text") +
                     " in which to look up the old values",
                 "give it one, for example: name text NOT NULL UNIQUE");
}

// Rows of the reference table are made of their names alone.
void check_others_fill_themselves(const Table& table, const std::string& label,
                                  const Catalog& catalog, const Hint& hint) {
  for (const Column& column : table.columns)
    if (column.name != label && column.not_null && column.default_value.empty() &&
        column.identity == '\0' && column.generated.empty())
      throw error_at(hint.span, catalog,
                     "rows of " + describe(table.id) + " cannot be made of names: its column " +
                         quote_identifier(column.name) + " is NOT NULL and has no default",
                     "give it a default, at least for this plan");
}

// The table that the new column's foreign key refers to, and how it is looked up there.
Lookup lookup_of(const ObjectId& column, const Hint& hint, const Catalog& to) {
  for (const auto& [id, constraint] : to.constraints) {
    if (constraint.contype != 'f' || table_name(id) != table_name(column) ||
        constraint.columns != std::vector{column.name})
      continue;
    const Table* table = to.table(constraint.referenced_table);
    if (!table) continue;
    const std::string label = label_of(*table, to, hint);
    check_others_fill_themselves(*table, label, to, hint);
    return {constraint.referenced_table, constraint.referenced_columns.front(), label};
  }
  throw error_at(hint.span, to,
                 describe(column) +
                     " has no foreign key to a table in which to look up the values "
                     "of " +
                     quote_identifier(hint.value),
                 "add REFERENCES to the column, or take the hint out");
}

// Why the rows of a reference table cannot stand for the values of the old column; empty: they can.
std::string lookup_obstacle(const Table& table, const Column& before, const Column& after,
                            const Context& context) {
  if (!enum_under(before.type, context.from))
    return "it is no enum, and names that the table does not have would be lost";
  return sync_obstacle(table, before, after, context);
}

// Of the column and of those that partitions have from it.
void note_rename(ObjectId old, ObjectId renamed, const Table& table, Context& context) {
  context.renamed_from.emplace(renamed, old);
  context.renamed_to.emplace(old, renamed);
  for (const Table* part : all_below(table, context.heirs)) {
    old.schema = renamed.schema = part->id.schema;
    old.parent = renamed.parent = part->id.name;
    if (!context.change(renamed)) continue;
    context.renamed_from.emplace(renamed, old);
    context.renamed_to.emplace(old, renamed);
  }
}

// The hint that says which column's place the new one takes; null: none.
const Hint* succession(const ObjectId& column, const Context& context) {
  const Hint* hint = context.to.hint(column, "renamed_from");
  return hint ? hint : context.to.hint(column, "lookup_of");
}

}  // namespace

std::string rename_obstacle(const Table& table, const Column& before, const Column& after,
                            const Context& context) {
  if (std::string reason = sync_obstacle(table, before, after, context); !reason.empty())
    return reason;
  if (before.type != after.type || !(before.collation == after.collation))
    return "its type changes, too";
  return {};
}

void collect_renames(Context& context) {
  for (const auto& [id, hints] : context.to.hints) {
    const Hint* hint = id.kind == Kind::Column ? succession(id, context) : nullptr;
    if (!hint) continue;
    const bool looks_up = hint->key == "lookup_of";
    ObjectId old = id;
    old.name = hint->value;
    const diff::Change* drop = context.change(old);
    const diff::Change* create = context.change(id);
    if (!drop || drop->action != diff::Action::Drop) continue;
    if (looks_up) context.lookups.emplace(id, lookup_of(id, *hint, context.to));
    if (is_under_way(id, context)) {
      context.renamed_to.emplace(old, id);
      for (const ObjectId& object : sync_objects_of(id)) context.own_objects.insert(object);
      continue;
    }
    if (!create || create->action != diff::Action::Create) continue;
    const Table& before = *context.from.table({id.schema, id.parent});
    const Table& after = *context.to.table({id.schema, id.parent});
    const std::string reason = (looks_up ? lookup_obstacle : rename_obstacle)(
        after, *before.find(old.name), *after.find(id.name), context);
    if (!reason.empty())
      throw error_at(hint->span, context.to,
                     describe(old) +
                         (looks_up ? " cannot be looked up by " : " cannot be renamed to ") +
                         id.name + ": " + reason,
                     looks_up ? "fill the column by hand, then take the hint out"
                              : "rename it by hand, then take the hint out");
    note_rename(old, id, after, context);
  }
}

void note_broken_off(Context& context) {
  for (const auto& [id, trigger] : context.from.triggers)
    if (is_sync_name(id.name) && !context.own_objects.contains(id) &&
        !context.to.triggers.contains(id))
      context.notes.push_back(
          "An earlier plan for a column of " + quote_qualified({id.schema, id.parent}) +
          " is under way, and the desired schema does not go on with it (it has no hint for a "
          "rename, or another type): the plan breaks it off.");
}

}  // namespace schemadiff::engine
