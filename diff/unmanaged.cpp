#include "diff/unmanaged.h"

#include <algorithm>

#include "diff/recreate.h"
#include "diff/replace.h"
#include "schema/ddl/ddl.h"

namespace schemadiff::diff {

using namespace schema;

namespace {

bool has_rows(Kind kind) {
  return kind == Kind::Table || kind == Kind::View || kind == Kind::MaterializedView;
}

// Of a view.
bool has_column(const Object& view, const std::string& column) {
  const auto is_among = [&](const std::vector<ViewColumn>& columns) {
    return std::ranges::find(columns, column, &ViewColumn::name) != columns.end();
  };
  if (view.id.kind == Kind::View) return is_among(static_cast<const View&>(view).columns);
  return view.id.kind == Kind::MaterializedView &&
         is_among(static_cast<const MaterializedView&>(view).columns);
}

void keep_privileges(const Object& before, Object& after) {
  const auto kept = [&](const std::vector<Grant>& acl) { return with_owner(acl, after.owner); };
  after.acl = kept(before.acl);
  after.column_acls = before.column_acls;
  if (!after.column_acls.empty()) {
    std::erase_if(after.column_acls.edit(), [&](const ColumnAcl& column) {
      return has_column(before, column.column) && !has_column(after, column.column);
    });
    for (ColumnAcl& column : after.column_acls.edit()) column.acl = kept(column.acl);
  }
  if (after.id.kind != Kind::Table || before.id.kind != Kind::Table) return;
  const auto columns = by_name(static_cast<const Table&>(before));
  for (Column& column : static_cast<Table&>(after).columns) {
    const auto found = columns.find(column.name);
    if (found == columns.end()) continue;
    column.acl = kept(found->second->acl);
    if (column.identity && found->second->identity)
      column.identity_acl = kept(found->second->identity_acl);
  }
}

}  // namespace

const Object* predecessor(const ObjectId& id, const Catalog& from) {
  if (const Object* itself = from.find(id)) return itself;
  const std::optional<ObjectId> other = namesake_of(id, from);
  const bool alike = other && ((is_type(id.kind) && is_type(other->kind)) ||
                               (has_rows(id.kind) && has_rows(other->kind)));
  return alike ? from.find(*other) : nullptr;
}

void keep_unmanaged(const Catalog& from, Catalog& to, const CompareOptions& options) {
  to.for_each([&](Object& after) {
    if (!after.id.parent.empty()) return;  // what stands on a table has neither
    if (options.owners && options.privileges && !after.owner.empty()) return;
    const Object* before = predecessor(after.id, from);
    if (!before) return;
    if (!options.owners || after.owner.empty()) after.owner = before->owner;
    if (!options.privileges) keep_privileges(*before, after);
  });
}

}  // namespace schemadiff::diff
