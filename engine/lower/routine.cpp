// Decides how functions, procedures and aggregates are altered.
#include "diff/replace.h"
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

// All that CREATE OR REPLACE accepts (diff/replace.cpp) is one statement.
void lower_alter(const Routine& before, const Routine& after, const diff::Change& change,
                 const Context& context, Operations& operations) {
  std::string names;
  for (const auto& attribute : change.attributes)
    if (attribute.attribute != "comment" && attribute.attribute != "owner" &&
        attribute.attribute != "privileges")
      names += (names.empty() ? "" : ", ") + attribute.attribute;
  if (names.empty()) return;
  Operation operation = make(Role::Alter, after, Phase::Expand, "What differs: " + names + ".");
  operation.releases = before.refs;
  operation.sql = create_sql(after);
  operation.undo = create_sql(before);
  if (diff::must_replace(after, before, {context.to, context.from})) {
    if (context.referred.contains(after.id)) {
      set_irreversible(
          operation,
          "Other objects use the function, and what was added cannot be taken away in place.");
    } else {
      operation.undo = {drop_sql(after)};
      append(operation.undo, full_create(before, context.from, context.from));
    }
  }
  operation.unproven = change.unproven;
  operations.push_back(std::move(operation));
}

void lower_alter(const Aggregate&, const Aggregate&, const diff::Change&, const Context&,
                 Operations&) {}

}  // namespace schemadiff::engine
