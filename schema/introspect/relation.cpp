// Tables, views, materialized views and composite types' columns: what pg_class and pg_attribute
// say of them.
#include <algorithm>

#include "schema/ddl/ddl.h"
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

template <class T>
T start(const Reading& reading, Oid oid, const RelationRow& row) {
  T object;
  object.id = object_id(T::kKind, row.name);
  object.owner = at(reading.roles, row.owner);
  object.acl = effective_acl(row.acl, object.owner, T::kKind);
  object.column_acls = at(reading.column_acls, oid);
  reading.describe(object, {catalogs::kClass, oid});
  return object;
}

std::string storage_method(const Reading& reading, const RelationRow& row) {
  std::string method = at(reading.methods, row.access_method);
  return method == "heap" ? std::string() : method;
}

// Its own storage parameters and those of its toast table.
Options storage_parameters(const Reading& reading, const RelationRow& row) {
  Options options = row.options;
  for (const auto& [name, value] : at(reading.relations, row.toast).options)
    options.emplace_back("toast." + name, value);
  return options;
}

void add_table(Reading& reading, Oid oid, const RelationRow& row) {
  auto table = start<Table>(reading, oid, row);
  table.unlogged = row.persistence == 'u';
  for (Oid parent : at(reading.parents, oid)) {
    const QualifiedName& name = at(reading.relations, parent).name;
    if (row.partition) {
      table.partition_of = name;
    } else {
      table.inherits.push_back(name);
    }
  }
  table.bound.sql = row.bound;
  table.partition_key = at(reading.partition_keys, oid);
  table.of_type = at(reading.types, row.of_type).name;
  table.options = storage_parameters(reading, row);
  table.tablespace = at(reading.tablespaces, row.tablespace);
  table.access_method = storage_method(reading, row);
  if (row.relkind != 'f')  // which has none
    table.replica_identity = {row.replica_identity, at(reading.replica_identity_indexes, oid)};
  table.row_security = row.row_security;
  table.force_row_security = row.force_row_security;
  table.valid_checks = at(reading.valid_checks, oid);
  table.server = at(reading.foreign_tables, oid).server;
  table.foreign_options = at(reading.foreign_tables, oid).options;
  forget_secrets(table.foreign_options, table.id, reading.catalog);
  if (auto columns = reading.columns.find(oid); columns != reading.columns.end()) {
    table.columns.reserve(columns->second.size());
    for (ColumnRow& column : columns->second) table.columns.push_back(std::move(column.column));
    reading.columns.erase(columns);
  }
  if (!table.server.empty()) forget_column_secrets(table, reading.catalog);
  add(reading.catalog.tables, std::move(table));
}

template <class T>
T start_view(Reading& reading, Oid oid, const RelationRow& row) {
  auto view = start<T>(reading, oid, row);
  view.query.sql = at(reading.view_queries, oid);
  view.options = row.options;
  for (const ColumnRow& column : at(reading.columns, oid)) {
    const Column& c = column.column;
    view.columns.push_back({c.name,
                            c.type,
                            c.default_value,
                            c.comment,
                            c.security_labels,
                            c.storage,
                            c.compression,
                            c.statistics,
                            c.options,
                            {}});
  }
  return view;
}

void add_materialized_view(Reading& reading, Oid oid, const RelationRow& row) {
  auto view = start_view<MaterializedView>(reading, oid, row);
  view.options = storage_parameters(reading, row);
  view.tablespace = at(reading.tablespaces, row.tablespace);
  view.access_method = storage_method(reading, row);
  view.populated = row.populated;
  add(reading.catalog.materialized_views, std::move(view));
}

void apply_defaults(Reading& reading) {
  for (DefaultRow& row : reading.defaults) {
    ColumnRow* found = reading.column(row.relation, row.column);
    if (!found) continue;
    Expr& target =
        found->generated ? found->column.generated.edit() : found->column.default_value.edit();
    target.sql = std::move(row.expression);
  }
}

}  // namespace

void read_relations(Rows& rows, Reading& reading) {
  reading.relations.reserve(static_cast<std::size_t>(rows.count()));
  while (rows.next()) {
    RelationRow& row = reading.relations[rows.oid()];
    Oid schema = rows.oid();
    row.name = reading.qualified(schema, rows.text());
    row.relkind = rows.letter();
    row.owner = rows.oid();
    row.tablespace = rows.oid();
    row.access_method = rows.oid();
    row.toast = rows.oid();
    row.of_type = rows.oid();
    row.options = rows.options();
    row.acl = rows.text();
    row.bound = rows.text();
    row.persistence = rows.letter();
    row.replica_identity = rows.letter();
    row.row_security = rows.flag();
    row.force_row_security = rows.flag();
    row.populated = rows.flag();
    row.partition = rows.flag();
  }
}

void read_view_queries(Rows& rows, Reading& reading) {
  while (rows.next()) {
    std::string& query = reading.view_queries[rows.oid()];
    std::string_view text = rows.view();
    while (!text.empty() && (text.back() == ';' || text.back() == '\n' || text.back() == ' '))
      text.remove_suffix(1);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    query = text;
  }
}

void read_partition_keys(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid table = rows.oid();
    PartitionKey& key = reading.partition_keys[table];
    char strategy = rows.letter();
    key.strategy = strategy == 'r' ? "range" : strategy == 'l' ? "list" : "hash";
    std::vector<int> numbers = rows.numbers();
    std::vector<Oid> opclasses = rows.oids();
    std::vector<Oid> collations = rows.oids();
    std::vector<std::string> expressions = split_expressions(rows.view());
    std::string_view definition = rows.view();
    std::size_t expression = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      KeyElement element;
      const ColumnRow* column = reading.column(table, numbers[i]);
      if (column) {
        element.column = column->column.name;
        element.collation = reading.collation_unless(collations[i], column->collation);
      } else if (expression < expressions.size()) {
        element.expression.sql = expressions[expression++];
        if (says_collation(definition, element.expression.sql)) {
          element.collation = at(reading.collations, collations[i]);
        }
      }
      element.opclass = reading.opclass_unless_default(opclasses[i], column ? column->type : 0);
      key.elements.push_back(std::move(element));
    }
  }
}

void add_relations(Reading& reading) {
  apply_defaults(reading);
  for (const auto& [oid, row] : reading.relations) {
    if (!reading.relation(oid)) continue;
    if (row.relkind == 'r' || row.relkind == 'p' || row.relkind == 'f')
      add_table(reading, oid, row);
    if (row.relkind == 'v') add(reading.catalog.views, start_view<View>(reading, oid, row));
    if (row.relkind == 'm') add_materialized_view(reading, oid, row);
  }
}

}  // namespace schemadiff::schema::introspection
