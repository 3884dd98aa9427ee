// Indexes; constraint.cpp takes those that enforce constraints.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

constexpr int kDescending = 1;  // INDOPTION_DESC
constexpr int kNullsFirst = 2;  // INDOPTION_NULLS_FIRST

}  // namespace

void read_indexes(Rows& rows, Reading& reading) {
  reading.indexes.reserve(static_cast<std::size_t>(rows.count()));
  while (rows.next()) {
    Oid oid = rows.oid();
    Oid table = rows.oid();
    const RelationRow* own = reading.relation(oid);
    if (!own || !reading.relation(table)) continue;
    IndexRow& row = reading.indexes[oid];
    Index& index = row.index;
    row.table = table;
    index.table = reading.relation(table)->name;
    index.unique = rows.flag();
    index.clustered = rows.flag();
    index.valid = rows.flag();
    if (rows.flag()) reading.replica_identity_indexes[table] = own->name.name;
    auto keys = static_cast<std::size_t>(rows.number());
    std::vector<int> columns = rows.numbers();
    std::vector<Oid> opclasses = rows.oids();
    std::vector<Oid> collations = rows.oids();
    std::vector<int> order = rows.numbers();
    index.nulls_not_distinct = rows.flag();
    std::vector<std::string> expressions = split_expressions(rows.view());
    if (std::string predicate = rows.text(); !predicate.empty())
      index.predicate.edit().sql = std::move(predicate);
    std::string_view definition = rows.view();
    std::size_t expression = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const ColumnRow* column = reading.column(table, columns[i]);
      if (i >= keys) {
        if (column) index.include.push_back(column->column.name);
        continue;
      }
      IndexElement& element = index.elements.emplace_back();
      if (column) {
        element.column = column->column.name;
        element.collation = reading.collation_unless(collations[i], column->collation);
      } else if (expression < expressions.size()) {
        element.expression.edit().sql = expressions[expression++];
        if (says_collation(definition, element.expression->sql))
          element.collation = at(reading.collations, collations[i]);
      }
      element.opclass = reading.opclass_unless_default(opclasses[i], column ? column->type : 0);
      element.descending = (order[i] & kDescending) != 0;
      element.nulls_first = (order[i] & kNullsFirst) != 0;
      if (const ColumnRow* stored = reading.column(oid, static_cast<int>(i) + 1)) {
        element.opclass_options = stored->column.options;
        if (!element.opclass_options.empty())
          element.opclass = at(reading.opclasses, opclasses[i]).name;
        element.statistics = stored->column.statistics;
      }
    }
    index.method = at(reading.methods, own->access_method);
    index.options = own->options;
    index.tablespace = at(reading.tablespaces, own->tablespace);
    if (const std::vector<Oid>& parents = at(reading.parents, oid); !parents.empty()) {
      index.parent_index = at(reading.relations, parents.front()).name;
    }
  }
}

void add_indexes(Reading& reading) {
  for (auto& [oid, row] : reading.indexes) {
    row.index.id = object_id(Kind::Index, at(reading.relations, oid).name);
    reading.describe(row.index, {catalogs::kClass, oid});
    add(reading.catalog.indexes, std::move(row.index));
  }
}

}  // namespace schemadiff::schema::introspection
