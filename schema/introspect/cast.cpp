// Casts.
#include <algorithm>

#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_casts(Rows& rows, Reading& reading) {
  auto& of_extensions = reading.catalog.extension_objects.casts;
  while (rows.next()) {
    Cast cast;
    Oid oid = rows.oid();
    cast.source = reading.argument_type(rows.oid());
    cast.target = reading.argument_type(rows.oid());
    cast.method = rows.letter();
    cast.context = rows.letter();
    if (reading.is_member({catalogs::kCast, oid})) {
      of_extensions.push_back({cast.source.sql, cast.target.sql, cast.context, cast.method});
      continue;
    }
    cast.function = at(reading.functions, rows.oid());
    cast.function_args = signature(reading, rows.oids());
    cast.id = object_id(Kind::Cast, {{}, cast.source.sql + " AS " + cast.target.sql});
    reading.describe(cast, {catalogs::kCast, oid});
    add(reading.catalog.casts, std::move(cast));
  }
  std::sort(of_extensions.begin(), of_extensions.end(), [](const auto& a, const auto& b) {
    return std::tie(a.source, a.target) < std::tie(b.source, b.target);
  });
}

}  // namespace schemadiff::schema::introspection
