#include "diff/unmanaged.h"

#include <algorithm>

#include "diff/replace.h"
#include "schema/ddl/ddl.h"

namespace schemadiff::diff {

using namespace schema;

namespace {

template <class T>
bool has(const Object& view, const std::string& column) {
  return std::ranges::count(static_cast<const T&>(view).columns, column, &ViewColumn::name) != 0;
}

// Whether a view has lost the column.
bool loses(const Object& before, const Object& after, const std::string& column) {
  if (after.id.kind == Kind::View) return has<View>(before, column) && !has<View>(after, column);
  return after.id.kind == Kind::MaterializedView && has<MaterializedView>(before, column) &&
         !has<MaterializedView>(after, column);
}

void keep_privileges(const Object& before, Object& after) {
  const auto kept = [&](const std::vector<Grant>& acl) { return with_owner(acl, after.owner); };
  after.acl = kept(before.acl);
  after.column_acls = before.column_acls;
  if (!after.column_acls.empty()) {
    std::erase_if(after.column_acls.edit(),
                  [&](const ColumnAcl& column) { return loses(before, after, column.column); });
    for (ColumnAcl& column : after.column_acls.edit()) column.acl = kept(column.acl);
  }
  if (after.id.kind != Kind::Table) return;
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

void keep_unmanaged(const Catalog& from, Catalog& to, const CompareOptions& options) {
  to.for_each([&](Object& after) {
    const Object* before = from.find(after.id);
    if (!before) return;
    if (!options.owners || after.owner.empty()) after.owner = before->owner;
    if (!options.privileges) keep_privileges(*before, after);
  });
}

}  // namespace schemadiff::diff
