// Procedural languages, transforms and access methods.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_languages(Rows& rows, Reading& reading) {
  while (rows.next()) {
    const Oid oid = rows.oid();
    Language language;
    language.id = object_id(Kind::Language, {{}, rows.text()});
    if (reading.is_member({catalogs::kLanguage, oid})) continue;
    language.owner = at(reading.roles, rows.oid());
    language.trusted = rows.flag();
    language.handler = at(reading.functions, rows.oid());
    language.inline_handler = at(reading.functions, rows.oid());
    language.validator = at(reading.functions, rows.oid());
    language.acl = effective_acl(rows.view(), language.owner, Kind::Language);
    reading.describe(language, {catalogs::kLanguage, oid});
    add(reading.catalog.languages, std::move(language));
  }
}

void read_transforms(Rows& rows, Reading& reading) {
  while (rows.next()) {
    const Oid oid = rows.oid();
    if (reading.is_member({catalogs::kTransform, oid})) continue;
    Transform transform;
    std::string type = reading.argument_type(rows.oid()).sql;
    transform.id =
        object_id(Kind::Transform, {{}, std::move(type)}, at(reading.languages, rows.oid()));
    transform.from_sql = at(reading.functions, rows.oid());
    transform.from_sql_args = signature(reading, rows.oids());
    transform.to_sql = at(reading.functions, rows.oid());
    transform.to_sql_args = signature(reading, rows.oids());
    reading.describe(transform, {catalogs::kTransform, oid});
    add(reading.catalog.transforms, std::move(transform));
  }
}

void read_access_methods(Rows& rows, Reading& reading) {
  while (rows.next()) {
    const Oid oid = rows.oid();
    AccessMethod method;
    method.id = object_id(Kind::AccessMethod, {{}, rows.text()});
    if (reading.is_member({catalogs::kAccessMethod, oid})) continue;
    method.type = rows.letter();
    method.handler = at(reading.functions, rows.oid());
    reading.describe(method, {catalogs::kAccessMethod, oid});
    add(reading.catalog.access_methods, std::move(method));
  }
}

}  // namespace schemadiff::schema::introspection
