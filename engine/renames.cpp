#include "engine/renames.h"

#include <array>

#include "engine/sync_trigger.h"
#include "schema/error.h"
#include "schema/quote.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

// Why the rename cannot go by way of a new column; empty: it can.
std::string obstacle(const Table& table, const Column& before, const Column& after,
                     const Context& context) {
  if (std::string reason = obstacle_to_synced_columns(table, context); !reason.empty())
    return reason;
  if (!before.generated.empty() || !after.generated.empty()) return "the column is generated";
  if (before.identity != '\0' || after.identity != '\0') return "it is an identity column";
  if (before.type != after.type || !(before.collation == after.collation))
    return "its type changes, too";
  return {};
}

std::array<ObjectId, 2> sync_objects_of(const ObjectId& column) {
  const std::string name = sync_name({column.schema, column.parent}, column.name);
  return {ObjectId{Kind::Trigger, column.schema, column.parent, name, {}},
          ObjectId{Kind::Routine, column.schema, {}, name, {}}};
}

// Whether an earlier run has added the new column, with its trigger.
bool is_under_way(const ObjectId& new_column, const Context& context) {
  const Table* table = context.from.table({new_column.schema, new_column.parent});
  return table && table->find(new_column.name) &&
         context.from.triggers.contains(sync_objects_of(new_column)[0]);
}

// Without its hint a rename that is under way looks like the drop of a column; a change of type
// that is under way is not gone on with.
void note_lost_hints(Context& context) {
  for (const auto& [id, trigger] : context.from.triggers)
    if (is_sync_name(id.name) && !context.sync_objects.contains(id) &&
        !context.to.triggers.contains(id))
      context.notes.push_back(
          "On " + quote_qualified({id.schema, id.parent}) +
          " a column is being renamed (and the desired schema has no hint for it) or changes its "
          "type: the plan breaks it off.");
}

}  // namespace

std::string obstacle_to_synced_columns(const Table& table, const Context& context) {
  const QualifiedName name{table.id.schema, table.id.name};
  if (!table.server.empty()) return "it is a foreign table";
  if (!table.partition_of.empty() || !table.inherits.empty() || !table.of_type.empty())
    return "the table has its columns from another";
  if (context.heirs.contains(name) || context.old_heirs.contains(name))
    return "other tables have their columns from this one";
  return {};
}

void collect_renames(Context& context) {
  for (const auto& [id, hints] : context.to.hints) {
    const Hint* hint = context.to.hint(id, "renamed_from");
    if (!hint || id.kind != Kind::Column) continue;
    ObjectId old = id;
    old.name = hint->value;
    const diff::Change* drop = context.change(old);
    const diff::Change* create = context.change(id);
    if (!drop || drop->action != diff::Action::Drop) continue;
    if (is_under_way(id, context)) {
      context.renamed_to.emplace(old, id);
      for (const ObjectId& object : sync_objects_of(id)) context.sync_objects.insert(object);
      continue;
    }
    if (!create || create->action != diff::Action::Create) continue;
    const Table& before = *context.from.table({id.schema, id.parent});
    const Table& after = *context.to.table({id.schema, id.parent});
    const std::string reason =
        obstacle(after, *before.find(old.name), *after.find(id.name), context);
    if (!reason.empty()) {
      Error error(describe(old) + " cannot be renamed to " + id.name + ": " + reason,
                  "rename it by hand, then take the hint out");
      error.file =
          hint->span.file < context.to.files.size() ? context.to.files[hint->span.file] : "";
      error.line = hint->span.line;
      error.column = hint->span.column;
      throw error;
    }
    context.renamed_from.emplace(id, old);
    context.renamed_to.emplace(old, id);
  }
  note_lost_hints(context);
}

}  // namespace schemadiff::engine
