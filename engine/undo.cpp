#include "engine/undo.h"

#include <algorithm>

#include "schema/ddl/ddl.h"

namespace schemadiff::engine {

using namespace schema;

void settle_undo(Ordered& ordered, const Context& context) {
  std::map<UniqueColumns, Operation*> first_made;
  for (Operation& operation : ordered.operations) {
    if (operation.makes_unique && !operation.sql.empty())
      first_made.emplace(*operation.makes_unique, &operation);
    if (operation.role != Role::Drop || operation.object.kind != Kind::Constraint) continue;
    const Constraint& constraint = context.from.constraints.at(operation.object);
    if (constraint.contype != 'f') continue;
    const auto made = first_made.find(
        {constraint.referenced_table,
         {constraint.referenced_columns.begin(), constraint.referenced_columns.end()}});
    if (made == first_made.end() || operation.undo.empty()) continue;
    append(made->second->undo, std::move(operation.undo));
    operation.undo.clear();
    operation.undo_note = "Comes back when the new key, on which it could settle, is undone.";
  }
}

}  // namespace schemadiff::engine
