// Conversions.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_conversions(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Conversion conversion;
    Oid oid = rows.oid();
    Oid schema = rows.oid();
    QualifiedName name = reading.qualified(schema, rows.text());
    if (!reading.ours({catalogs::kConversion, oid}, name)) continue;
    conversion.id = object_id(Kind::Conversion, name);
    conversion.owner = at(reading.roles, rows.oid());
    conversion.source = rows.text();
    conversion.target = rows.text();
    conversion.function = at(reading.functions, rows.oid());
    conversion.is_default = rows.flag();
    reading.describe(conversion, {catalogs::kConversion, oid});
    add(reading.catalog.conversions, std::move(conversion));
  }
}

}  // namespace schemadiff::schema::introspection
