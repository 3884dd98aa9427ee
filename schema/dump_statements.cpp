// Decides what a dump says of each object.
#include "schema/dump_statements.h"

#include <algorithm>

#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

// What a new database's schema public has: from 15 on everyone may only use it.
std::vector<Grant> public_schema_acl(const Catalog& catalog) {
  std::vector<Grant> acl = default_acl(Kind::Schema);
  if (catalog.server_version != 0 && catalog.server_version < 15)
    acl.push_back({"public", "CREATE", false});
  acl.push_back({"public", "USAGE", false});
  return acl;
}

void add_privileges(const Object& object, const Catalog& catalog, Statements& statements) {
  const std::string target = grant_target(object);
  if (target.empty()) return;
  const std::string owner = catalog.says_owners ? object.owner : std::string();
  const auto before =
      is_public(object.id) ? public_schema_acl(catalog) : default_acl(object.id.kind);
  append(statements, grant_sql(before, object.acl, target, {}, owner));
  append(statements, column_grants_sql(object, owner, default_acl(Kind::Sequence)));
}

// What initdb gives the schema public is not said again.
bool says_owner(const Object& object, const Catalog& catalog) {
  if (!catalog.says_owners || object.owner.empty()) return false;
  if (!is_public(object.id)) return true;
  return object.owner != kOwnerOfPublic &&
         (catalog.server_version == 0 || catalog.server_version >= 15);
}

bool is_late(const Column& column) {
  return !column.default_value.empty() && !column.default_refs.empty();
}

}  // namespace

Statements made(const Schema& schema, const Catalog&, DumpChoice) {
  return is_public(schema.id) ? Statements{} : create_sql(schema);
}

// Default privileges come after all that is made: none are in force yet.
Statements made(const Extension& extension, const Catalog& catalog, DumpChoice) {
  return catalog.says_privileges ? create_sql(extension, catalog, Catalog{})
                                 : create_sql(extension);
}

Statements made(const Domain& domain, const Catalog&, DumpChoice choice) {
  if (!choice.late) return create_sql(domain);
  Domain plain = domain;
  plain.constraints.clear();
  return create_sql(plain);
}

Statements made(const Table& table, const Catalog& catalog, DumpChoice choice) {
  if (!choice.late) return create_sql(table, catalog);
  Table plain = table;
  for (Column& column : plain.columns)
    if (is_late(column)) column.default_value.clear();
  return create_sql(plain, catalog);
}

Statements made(const Range& range, const Catalog& catalog, DumpChoice) {
  return create_sql(range, catalog.server_version);
}

Statements made(const Index& index, const Catalog&, DumpChoice choice) {
  return create_sql(index, choice.only);
}

Statements made(const Constraint& constraint, const Catalog&, DumpChoice choice) {
  return constraint.local ? create_sql(constraint, choice.only) : Statements{};
}

Statements described(const Object& object, const Catalog& catalog) {
  Statements statements;
  if (says_owner(object, catalog)) {
    const std::string sql = owner_sql(object, object.owner);
    if (!sql.empty()) statements.push_back(sql);
  }
  if (catalog.says_privileges) add_privileges(object, catalog, statements);
  append(statements, comment_sql(object));
  append(statements, label_sql(object));
  return statements;
}

Statements late_statements(const Table& table) {
  Statements statements;
  for (const Column& column : table.columns)
    if (is_late(column))
      statements.push_back("ALTER TABLE ONLY " + sql_name(table.id) + " ALTER COLUMN " +
                           quote_identifier(column.name) + " SET DEFAULT " +
                           column.default_value->sql);
  return statements;
}

Statements valid_checks_sql(const Table& partition, const Catalog& catalog) {
  Statements statements;
  const Table* above = catalog.table(partition.partition_of);
  for (const std::string& check : partition.valid_checks)
    if (!above || !std::ranges::binary_search(above->valid_checks, check))
      statements.push_back(
          validate_sql({Kind::Constraint, partition.id.schema, partition.id.name, check, {}}));
  return statements;
}

Statements late_statements(const Domain& domain) {
  Statements statements;
  for (const DomainConstraint& constraint : domain.constraints)
    statements.push_back("ALTER DOMAIN " + sql_name(domain.id) + " ADD " +
                         domain_constraint(constraint));
  return statements;
}

}  // namespace schemadiff::schema
