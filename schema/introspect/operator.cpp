// Operators and casts of extensions, for name resolution.
#include <algorithm>

#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_extension_operators(Rows& rows, Reading& reading) {
  ExtensionObjects& objects = reading.catalog.extension_objects;
  while (rows.next()) {
    bool is_cast = rows.letter() == 'c';
    Oid schema = rows.oid();
    QualifiedName name = reading.qualified(schema, rows.text());
    std::string left = reading.type(rows.oid()).sql;
    std::string right = reading.type(rows.oid()).sql;
    std::string result = reading.type(rows.oid()).sql;
    char context = rows.letter();
    char method = rows.letter();
    if (is_cast) {
      objects.casts.push_back({std::move(left), std::move(right), context, method});
    } else {
      objects.operators.push_back(
          {std::move(name), std::move(left), std::move(right), std::move(result)});
    }
  }
  std::sort(objects.operators.begin(), objects.operators.end(), [](const auto& a, const auto& b) {
    return std::tie(a.name, a.left, a.right) < std::tie(b.name, b.left, b.right);
  });
  std::sort(objects.casts.begin(), objects.casts.end(), [](const auto& a, const auto& b) {
    return std::tie(a.source, a.target) < std::tie(b.source, b.target);
  });
}

}  // namespace schemadiff::schema::introspection
