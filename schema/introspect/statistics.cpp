// Extended statistics.
#include <algorithm>

#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

// pg_statistic_ext.stxkind; 'e' only says that there are expressions.
std::vector<std::string> kind_names(const std::vector<std::string>& letters) {
  std::vector<std::string> names;
  for (const std::string& letter : letters) {
    if (letter == "f") names.emplace_back("dependencies");
    if (letter == "m") names.emplace_back("mcv");
    if (letter == "d") names.emplace_back("ndistinct");
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

void read_statistics(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Statistics statistics;
    Oid oid = rows.oid();
    Oid schema = rows.oid();
    QualifiedName name = reading.qualified(schema, rows.text());
    Oid table = rows.oid();
    const RelationRow* relation = reading.relation(table);
    if (!relation || !reading.ours({catalogs::kStatistics, oid}, name)) continue;
    statistics.id = object_id(Kind::Statistics, name);
    statistics.table = relation->name;
    statistics.owner = at(reading.roles, rows.oid());
    statistics.target = rows.number();
    statistics.kinds = kind_names(rows.texts());
    statistics.columns = reading.column_names(table, rows.numbers());
    std::sort(statistics.columns.begin(), statistics.columns.end());
    for (std::string& text : rows.texts()) {
      Expr& expression = statistics.expressions.emplace_back();
      expression.sql = std::move(text);
    }
    reading.describe(statistics, {catalogs::kStatistics, oid});
    add(reading.catalog.statistics, std::move(statistics));
  }
}

}  // namespace schemadiff::schema::introspection
