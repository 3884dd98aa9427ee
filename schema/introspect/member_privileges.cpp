// Privileges on what extensions made, or came with the server.
#include <optional>

#include "schema/ddl/ddl.h"
#include "schema/introspect/readers.h"
#include "schema/quote.h"

namespace schemadiff::schema::introspection {
namespace {

using Member = ExtensionObjects::Member;

std::optional<Member> member_of(const Reading& reading, Oid catalog, Oid oid) {
  const auto named = [](Kind kind, const char* keyword, const QualifiedName& name) {
    return Member{kind, name.schema, std::string(keyword) + ' ' + quote_qualified(name),
                  {},   {},          {}};
  };
  if (catalog == catalogs::kNamespace)
    return named(Kind::Schema, "SCHEMA", {{}, at(reading.schemas, oid)});
  if (catalog == catalogs::kType) return named(Kind::Enum, "TYPE", at(reading.types, oid).name);
  if (catalog == catalogs::kClass) {
    const RelationRow& row = at(reading.relations, oid);
    if (row.name.empty()) return std::nullopt;
    return row.relkind == 'S' ? named(Kind::Sequence, "SEQUENCE", row.name)
                              : named(Kind::Table, "TABLE", row.name);
  }
  const Routine& routine = at(reading.routines, oid).routine;
  if (routine.id.name.empty()) return std::nullopt;
  return Member{Kind::Routine, routine.id.schema, grant_target(routine), {}, {}, {}};
}

Kind kind_of(Oid catalog) {
  switch (catalog) {
    case catalogs::kNamespace:
      return Kind::Schema;
    case catalogs::kType:
      return Kind::Enum;
    case catalogs::kClass:
      return Kind::Table;
    default:
      return Kind::Routine;
  }
}

}  // namespace

void read_member_privileges(Rows& rows, Reading& reading) {
  while (rows.next()) {
    const Oid catalog = rows.oid(), oid = rows.oid();
    const std::string extension = rows.text();
    std::optional<Member> member = extension.empty()
                                       ? Member{kind_of(catalog), "pg_catalog", {}, {}, {}, {}}
                                       : member_of(reading, catalog, oid);
    if (!member) continue;
    member->extension = extension;
    member->owner = at(reading.roles, rows.oid());
    const std::vector<Grant> acl = effective_acl(rows.view(), member->owner, member->kind);
    member->initial = effective_acl(rows.view(), member->owner, member->kind);
    if (extension.empty()) member->target = rows.text();
    if (acl != member->initial)
      add(reading.catalog.member_privileges, member_privileges(*member, acl));
    reading.catalog.extension_objects.members.push_back(std::move(*member));
  }
}

}  // namespace schemadiff::schema::introspection
