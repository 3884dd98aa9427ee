// Oids → names, types and comments.
#include "schema/introspect/reading.h"

#include <algorithm>

namespace schemadiff::schema::introspection {

bool Reading::ours(const QualifiedName& name) const {
  return !name.schema.starts_with("pg_") && name.schema != "information_schema" &&
         name.schema != "schemadiff";
}

bool Reading::ours(Address address, const QualifiedName& name) const {
  return ours(name) && !is_member(address);
}

std::string Reading::comment(Address address) const {
  auto found = comments.find(address);
  return found == comments.end() ? std::string() : found->second;
}

QualifiedName Reading::qualified(Oid schema, std::string name) const {
  return {at(schemas, schema), std::move(name)};
}

const RelationRow* Reading::relation(Oid oid) const {
  auto found = relations.find(oid);
  if (found == relations.end() || !ours({catalogs::kClass, oid}, found->second.name))
    return nullptr;
  return &found->second;
}

const ColumnRow* Reading::column(Oid relation, int number) const {
  const std::vector<ColumnRow>& rows = at(columns, relation);
  auto found =
      std::lower_bound(rows.begin(), rows.end(), number,
                       [](const ColumnRow& row, int wanted) { return row.number < wanted; });
  return found != rows.end() && found->number == number ? &*found : nullptr;
}

ColumnRow* Reading::column(Oid relation, int number) {
  return const_cast<ColumnRow*>(std::as_const(*this).column(relation, number));
}

std::vector<std::string> Reading::column_names(Oid relation,
                                               const std::vector<int>& numbers) const {
  std::vector<std::string> names;
  for (int number : numbers) {
    if (const ColumnRow* found = column(relation, number)) names.push_back(found->column.name);
  }
  return names;
}

TypeName Reading::type(Oid oid) const { return {at(types, oid).sql}; }

TypeName Reading::argument_type(Oid oid) const {
  switch (oid) {
    case 1042:
      return {"character"};
    case 1014:
      return {"character[]"};
    case 1560:
      return {"bit"};
    case 1561:
      return {"bit[]"};
    default:
      return type(oid);
  }
}

QualifiedName Reading::opclass_unless_default(Oid opclass, Oid type) const {
  const OpclassRow& row = at(opclasses, opclass);
  if (!row.is_default) return row.name;
  while (at(types, type).base != 0) type = at(types, type).base;
  if (type == 0 || row.type == type) return {};
  // The class of another type is the default (text_ops for varchar) unless the type has one of its
  // own.
  return default_opclasses.contains({row.method, type}) ? row.name : QualifiedName{};
}

QualifiedName Reading::collation_unless(Oid collation, Oid own) const {
  return collation == 0 || collation == own ? QualifiedName{} : at(collations, collation);
}

ObjectId object_id(Kind kind, const QualifiedName& name, std::string args) {
  return {kind, name.schema, {}, name.name, std::move(args)};
}

ObjectId child_id(Kind kind, const QualifiedName& table, std::string name) {
  return {kind, table.schema, table.name, std::move(name), {}};
}

}  // namespace schemadiff::schema::introspection
