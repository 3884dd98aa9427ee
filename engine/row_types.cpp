#include "engine/row_types.h"

#include "diff/recreate.h"
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

bool is_refused(const diff::Change& change, const Context& context) {
  if (diff::retypes(change)) return true;
  if (change.id.kind != Kind::Column || change.action != diff::Action::Create) return false;
  const Table* table = context.to.table(table_name(change.id));
  const Column* column = table ? table->find(change.id.name) : nullptr;
  return column && !column->generated.empty() && !column->virtual_generated;
}

}  // namespace

void collect_row_columns(Context& context) {
  for (const auto& [id, table] : context.from.tables)
    for (const Column& column : table.columns)
      for (const ObjectId& ref : column.refs) {
        if (ref.kind != Kind::Table) continue;
        const ObjectId user{Kind::Column, id.schema, id.name, column.name, {}};
        if (!context.goes_away(id) && !context.goes_away(user))
          context.row_columns.emplace(ref, user);
      }
}

std::string loses_in_rows(const Table& table, const Context& context) {
  const auto found = context.row_columns.find(table.id);
  if (found == context.row_columns.end()) return {};
  return "rows of the table are values of " + describe(found->second) + " and would lose theirs";
}

void note_row_types(Context& context) {
  if (context.row_columns.empty()) return;
  for (const diff::Change& change : context.changes) {
    const auto user = context.row_columns.find(table_id(change.id));
    if (user != context.row_columns.end() && is_refused(change, context))
      context.notes.push_back("The server refuses to change " + describe(change.id) + " while " +
                              describe(user->second) +
                              " is of the row type of its table: take that column away before.");
  }
}

}  // namespace schemadiff::engine
