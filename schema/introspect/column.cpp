// Columns of tables, views and composite types, and their defaults.
#include <algorithm>

#include "schema/ddl/ddl.h"
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

// The server marks columns whose value is missing in old rows with an option of its own.
Options declared_options(Options options) {
  std::erase_if(options, [](const auto& option) { return option.first == "pg_attver"; });
  return options;
}

}  // namespace

void read_columns(Rows& rows, Reading& reading) {
  Oid last = 0;
  std::vector<ColumnRow>* columns = nullptr;
  const RelationRow* relation = nullptr;
  char relkind = '\0';
  while (rows.next()) {
    Oid oid = rows.oid();
    if (oid != last || !columns) {
      columns = &reading.columns[oid];
      relation = reading.relation(oid);
      relkind = at(reading.relations, oid).relkind;
      last = oid;
    }
    ColumnRow& row = columns->emplace_back();
    Column& column = row.column;
    row.number = rows.number();
    column.name = rows.text();
    row.type = rows.oid();
    const TypeRow& type = at(reading.types, row.type);
    column.type.sql = rows.text();
    if (column.type.empty()) column.type.sql = type.sql;
    row.collation = rows.oid();
    column.collation = reading.collation_unless(row.collation, type.collation);
    column.not_null = rows.flag();
    column.local = rows.is_null();
    rows.skip();
    column.identity = rows.letter();
    const char generated = rows.letter();
    row.generated = generated != '\0';
    column.virtual_generated = generated == 'v';
    char storage = rows.letter();
    if (storage != type.storage) column.storage = std::string(storage_word(storage));
    char compression = rows.letter();
    if (compression != '\0') column.compression = compression == 'l' ? "lz4" : "pglz";
    if (!rows.is_null())
      column.statistics = rows.number();
    else
      rows.skip();
    column.options = declared_options(rows.options());
    std::string_view acl = rows.view();
    std::vector<Grant> privileges;
    if (relation && !acl.empty()) privileges = parse_acl(acl, at(reading.roles, relation->owner));
    column.foreign_options = rows.options();
    const bool is_modelled = row.number > 0 && relkind != 'S';
    if (is_modelled && relkind != 'v' && relkind != 'm')
      column.acl = std::move(privileges);
    else if (!privileges.empty())
      reading.column_acls[oid].push_back({column.name, std::move(privileges)});
    if (!is_modelled) {
      columns->pop_back();
      continue;
    }
    if (!reading.comments.empty()) reading.describe(column, {catalogs::kClass, oid, row.number});
  }
  for (auto& [oid, list] : reading.column_acls) std::sort(list.begin(), list.end());
  for (auto& [oid, list] : reading.columns) {
    std::sort(list.begin(), list.end(),
              [](const ColumnRow& a, const ColumnRow& b) { return a.number < b.number; });
  }
}

void read_defaults(Rows& rows, Reading& reading) {
  reading.defaults.reserve(static_cast<std::size_t>(rows.count()));
  while (rows.next()) {
    DefaultRow& row = reading.defaults.emplace_back();
    row.relation = rows.oid();
    row.column = rows.number();
    row.expression = rows.text();
  }
}

}  // namespace schemadiff::schema::introspection
