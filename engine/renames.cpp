#include "engine/renames.h"

#include "engine/hints.h"
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

}  // namespace

std::string rename_obstacle(const Table& table, const Column& before, const Column& after,
                            const Context& context) {
  if (std::string reason = shares_columns(table, context); !reason.empty()) return reason;
  if (!before.generated.empty() || !after.generated.empty()) return "the column is generated";
  if (before.identity != '\0' || after.identity != '\0') return "it is an identity column";
  if (before.type != after.type || !(before.collation == after.collation))
    return "its type changes, too";
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
      for (const ObjectId& object : sync_objects_of(id)) context.own_objects.insert(object);
      continue;
    }
    if (!create || create->action != diff::Action::Create) continue;
    const Table& before = *context.from.table({id.schema, id.parent});
    const Table& after = *context.to.table({id.schema, id.parent});
    const std::string reason =
        rename_obstacle(after, *before.find(old.name), *after.find(id.name), context);
    if (!reason.empty())
      throw error_at(hint->span, context.to,
                     describe(old) + " cannot be renamed to " + id.name + ": " + reason,
                     "rename it by hand, then take the hint out");
    context.renamed_from.emplace(id, old);
    context.renamed_to.emplace(old, id);
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
