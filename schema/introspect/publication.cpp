// Publications.
#include <algorithm>

#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_publications(Rows& rows, Reading& reading) {
  while (rows.next()) {
    const Oid oid = rows.oid();
    Publication publication;
    publication.id = object_id(Kind::Publication, {{}, rows.text()});
    if (reading.is_member({catalogs::kPublication, oid})) continue;
    publication.owner = at(reading.roles, rows.oid());
    publication.all_tables = rows.flag();
    publication.operations.clear();
    for (const char* operation : {"insert", "update", "delete", "truncate"})
      if (rows.flag()) publication.operations.emplace_back(operation);
    publication.via_partition_root = rows.flag();
    publication.generated_columns = rows.flag();
    reading.describe(publication, {catalogs::kPublication, oid});
    reading.publications[oid] = &add(reading.catalog.publications, std::move(publication));
  }
}

void read_published_tables(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Publication* publication = at(reading.publications, rows.oid());
    const Oid oid = rows.oid();
    const RelationRow* relation = reading.relation(oid);
    if (!publication || !relation) continue;
    PublishedTable table;
    table.table = relation->name;
    table.columns = reading.column_names(oid, rows.numbers());
    std::sort(table.columns.begin(), table.columns.end());
    table.filter.sql = rows.text();
    auto& tables = publication->tables;
    tables.insert(std::upper_bound(tables.begin(), tables.end(), table,
                                   [](const auto& a, const auto& b) { return a.table < b.table; }),
                  std::move(table));
  }
}

void read_published_schemas(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Publication* publication = at(reading.publications, rows.oid());
    std::string schema = at(reading.schemas, rows.oid());
    if (!publication) continue;
    auto& schemas = publication->schemas;
    schemas.insert(std::upper_bound(schemas.begin(), schemas.end(), schema), std::move(schema));
  }
}

}  // namespace schemadiff::schema::introspection
