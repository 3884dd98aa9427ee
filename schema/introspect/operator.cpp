// Operators.
#include <algorithm>

#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_operators(Rows& rows, Reading& reading) {
  auto& of_extensions = reading.catalog.extension_objects.operators;
  while (rows.next()) {
    Operator op;
    Oid oid = rows.oid();
    Oid schema = rows.oid();
    QualifiedName name = reading.qualified(schema, rows.text());
    op.owner = at(reading.roles, rows.oid());
    op.left = reading.argument_type(rows.oid());
    op.right = reading.argument_type(rows.oid());
    std::string result = reading.type(rows.oid()).sql;
    if (reading.is_member({catalogs::kOperator, oid})) {
      of_extensions.push_back({std::move(name), op.left.sql, op.right.sql, std::move(result)});
      continue;
    }
    if (!reading.ours(name)) continue;
    op.id = object_id(Kind::Operator, name,
                      (op.left.empty() ? "NONE" : op.left.sql) + ", " + op.right.sql);
    op.function = at(reading.functions, rows.oid());
    op.commutator = at(reading.operators, rows.oid());
    op.negator = at(reading.operators, rows.oid());
    op.restrict_estimator = at(reading.functions, rows.oid());
    op.join_estimator = at(reading.functions, rows.oid());
    op.hashes = rows.flag();
    op.merges = rows.flag();
    reading.describe(op, {catalogs::kOperator, oid});
    add(reading.catalog.operators, std::move(op));
  }
  std::sort(of_extensions.begin(), of_extensions.end(), [](const auto& a, const auto& b) {
    return std::tie(a.name, a.left, a.right) < std::tie(b.name, b.left, b.right);
  });
}

}  // namespace schemadiff::schema::introspection
