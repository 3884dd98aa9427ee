// Collations.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_collations(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Collation collation;
    Oid oid = rows.oid();
    Oid schema = rows.oid();
    QualifiedName name = reading.qualified(schema, rows.text());
    if (!reading.ours({catalogs::kCollation, oid}, name)) continue;
    collation.id = object_id(Kind::Collation, name);
    collation.owner = at(reading.roles, rows.oid());
    collation.provider = rows.letter();
    collation.deterministic = rows.flag();
    collation.collate = rows.text();
    collation.ctype = rows.text();
    collation.locale = rows.text();
    collation.rules = rows.text();
    if (collation.provider != 'c') {
      if (collation.locale.empty()) collation.locale = collation.collate;
      collation.collate.clear();
      collation.ctype.clear();
    }
    reading.describe(collation, {catalogs::kCollation, oid});
    add(reading.catalog.collations, std::move(collation));
  }
}

}  // namespace schemadiff::schema::introspection
