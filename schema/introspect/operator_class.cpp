// Operator families and classes, and what is in them.
#include <algorithm>

#include "schema/access_methods.h"
#include "schema/ddl/ddl.h"
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_opclasses(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    Oid schema = rows.oid();
    OpclassRow row;
    row.name = reading.qualified(schema, rows.text());
    row.method = rows.oid();
    row.type = rows.oid();
    row.is_default = rows.flag();
    row.owner = rows.oid();
    row.family = rows.oid();
    row.storage = rows.oid();
    if (row.is_default) reading.default_opclasses[{row.method, row.type}] = oid;
    reading.opclasses[oid] = std::move(row);
  }
}

void read_operator_families(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    Oid schema = rows.oid();
    OperatorFamily family;
    QualifiedName name = reading.qualified(schema, rows.text());
    family.owner = at(reading.roles, rows.oid());
    reading.describe(family, {catalogs::kOpfamily, oid});
    family.id = object_id(Kind::OperatorFamily, name, at(reading.methods, rows.oid()));
    reading.families[oid] = std::move(family);
  }
}

void read_family_members(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid family = rows.oid();
    Oid opclass = rows.oid();
    FamilyMember member;
    member.is_function = rows.flag();
    member.number = rows.number();
    member.left = reading.argument_type(rows.oid());
    member.right = reading.argument_type(rows.oid());
    Oid oid = rows.oid();
    member.name = at(member.is_function ? reading.functions : reading.operators, oid);
    member.args = signature(reading, rows.oids());
    const ObjectId& order_by = at(reading.families, rows.oid()).id;
    member.order_by = {order_by.schema, order_by.name};
    const bool loose = is_loose_member(
        built_in_method(reading.catalog, at(reading.families, family).id.args), member);
    auto& members =
        opclass == 0 || loose ? reading.families[family].members : reading.class_members[opclass];
    members.push_back(std::move(member));
  }
}

void add_operator_classes(Reading& reading) {
  for (auto& [oid, row] : reading.opclasses) {
    if (!reading.ours({catalogs::kOpclass, oid}, row.name)) continue;
    OperatorClass opclass;
    opclass.id = object_id(Kind::OperatorClass, row.name, at(reading.methods, row.method));
    opclass.owner = at(reading.roles, row.owner);
    opclass.type = reading.argument_type(row.type);
    opclass.is_default = row.is_default;
    const ObjectId& family = at(reading.families, row.family).id;
    opclass.family = {family.schema, family.name};
    if (row.storage != 0) opclass.storage = reading.argument_type(row.storage);
    opclass.members = std::move(reading.class_members[oid]);
    std::sort(opclass.members.begin(), opclass.members.end());
    reading.describe(opclass, {catalogs::kOpclass, oid});
    add(reading.catalog.operator_classes, std::move(opclass));
  }
  for (auto& [oid, family] : reading.families) {
    if (!reading.ours({catalogs::kOpfamily, oid}, {family.id.schema, family.id.name})) continue;
    std::sort(family.members.begin(), family.members.end());
    add(reading.catalog.operator_families, std::move(family));
  }
}

}  // namespace schemadiff::schema::introspection
