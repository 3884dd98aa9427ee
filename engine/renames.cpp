#include "engine/renames.h"

#include "schema/error.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

// Why the rename cannot go by way of a new column; empty: it can.
std::string obstacle(const Table& table, const Column& before, const Column& after,
                     const Context& context) {
  const QualifiedName name{table.id.schema, table.id.name};
  if (!table.server.empty()) return "it is a foreign table";
  if (!table.partition_of.empty() || !table.inherits.empty() || !table.of_type.empty())
    return "the table has its columns from another";
  if (context.heirs.contains(name) || context.old_heirs.contains(name))
    return "other tables have their columns from this one";
  if (!before.generated.empty() || !after.generated.empty()) return "the column is generated";
  if (before.identity != '\0' || after.identity != '\0') return "it is an identity column";
  if (before.type != after.type || !(before.collation == after.collation))
    return "its type changes, too";
  return {};
}

}  // namespace

void collect_renames(Context& context) {
  for (const auto& [id, hints] : context.to.hints) {
    const Hint* hint = context.to.hint(id, "renamed_from");
    if (!hint || id.kind != Kind::Column) continue;
    ObjectId old = id;
    old.name = hint->value;
    const diff::Change* drop = context.change(old);
    const diff::Change* create = context.change(id);
    if (!drop || drop->action != diff::Action::Drop || !create ||
        create->action != diff::Action::Create)
      continue;
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
}

}  // namespace schemadiff::engine
