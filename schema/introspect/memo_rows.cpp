#include "schema/introspect/memo_rows.h"

namespace schemadiff::schema::introspection {

std::optional<bool> read_memo_table(Rows& rows) {
  if (!rows.next()) return std::nullopt;
  return rows.flag();
}

Memo read_memo(Rows& rows) {
  Memo memo;
  while (rows.next()) {
    std::string key = rows.text();
    std::string source = rows.text();
    memo[std::move(key)] = {std::move(source), rows.text()};
  }
  return memo;
}

}  // namespace schemadiff::schema::introspection
