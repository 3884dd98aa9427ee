// Decides how publications are altered.
#include <algorithm>

#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

// Those of one side that the other does not publish, or in another form.
std::vector<std::string> changed_tables(const Publication& before, const Publication& after) {
  std::vector<std::string> names;
  for (const PublishedTable& table : before.tables)
    if (std::find(after.tables.begin(), after.tables.end(), table) == after.tables.end())
      names.push_back(quote_qualified(table.table));
  return names;
}

}  // namespace

void lower_alter(const Publication& before, const Publication& after, const diff::Change& change,
                 const Context& context, Operations& operations) {
  const auto push = [&](Op op, std::string why, Statements sql, Statements undo) -> Operation& {
    Operation operation = make(Role::Alter, after, Phase::Contract, std::move(why));
    operation.sql = std::move(sql);
    operation.undo = std::move(undo);
    operation.op = op;
    operations.push_back(std::move(operation));
    return operations.back();
  };
  if (Statements sql = unpublish_sql(before, after); !sql.empty()) {
    Operation& removal = push(Op::RemoveFromPublication, "What is published differs.",
                              std::move(sql), publish_sql(after, before));
    removal.refs.clear();
    removal.releases = before.refs;
    removal.relations = changed_tables(before, after);
  }
  if (Statements sql = publish_sql(before, after); !sql.empty()) {
    Operation& addition = push(Op::AddToPublication, "What is published differs.", std::move(sql),
                               unpublish_sql(after, before));
    for (std::string& table : changed_tables(after, before)) addition.relations.push_back(table);
    std::erase_if(addition.relations, [&](const std::string& name) {
      return std::any_of(
          after.tables.begin(), after.tables.end(), [&](const PublishedTable& table) {
            return quote_qualified(table.table) == name && context.is_new(table.table);
          });
    });
  }
  if (changed(change, "operations") || changed(change, "via partition root"))
    push(Op::AlterPublication, "How changes are published differs.",
         {publication_settings_sql(after)}, {publication_settings_sql(before)});
  if (changed(change, "generated columns"))
    push(Op::AlterPublication, "Whether generated columns are published differs.",
         {publication_generated_sql(after)}, {publication_generated_sql(before)});
}

}  // namespace schemadiff::engine
