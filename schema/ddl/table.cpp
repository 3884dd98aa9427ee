// DDL of tables. A partition is made as a table of its own and attached; a child of INHERITS is
// made with its local columns, and what it says of inherited ones follows as ALTER TABLE.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string qualified_list(const std::vector<QualifiedName>& names) {
  std::vector<std::string> quoted;
  for (const QualifiedName& name : names) quoted.push_back(quote_qualified(name));
  return join(quoted, ", ");
}

// What the child would inherit for the column: of its first parent that has it. Null: not known.
const Column* inherited_column(const Table& table, std::string_view name, const Catalog* catalog) {
  if (!catalog) return nullptr;
  std::vector<QualifiedName> parents = table.inherits;
  if (!table.partition_of.empty()) parents.push_back(table.partition_of);
  for (const QualifiedName& parent : parents)
    if (const Table* found = catalog->table(parent))
      if (const Column* column = found->find(name)) return column;
  return nullptr;
}

// What CREATE TABLE says of a column. A child must not repeat how its parents generate the column
// (tablecmds.c, MergeAttributes); from PostgreSQL 17 on the attachment of a partition brings the
// identity of its table.
Column column_to_create(const Table& table, const Column& column, const Catalog* catalog) {
  Column own = column;
  const Column* inherited = inherited_column(table, column.name, catalog);
  if (!table.inherits.empty() && inherited && inherited->generated == column.generated)
    own.generated.clear();
  if (!table.partition_of.empty() &&
      (column.identity_sequence.empty() ||
       (inherited && inherited->identity_sequence == column.identity_sequence)))
    own.identity = '\0';
  return own;
}

std::vector<std::string> column_lines(const Table& table, const Catalog* catalog) {
  std::vector<std::string> lines;
  for (const Column& column : table.columns) {
    if (!column.local && !table.inherits.empty()) continue;
    if (table.of_type.empty()) {
      lines.push_back(column_definition(column_to_create(table, column, catalog)));
    } else if (const std::string constraints = column_constraints(column); !constraints.empty()) {
      lines.push_back(quote_identifier(column.name) + " WITH OPTIONS" + constraints);
    }
  }
  return lines;
}

std::string columns_clause(const Table& table, const Catalog* catalog) {
  const std::vector<std::string> lines = column_lines(table, catalog);
  if (lines.empty()) return table.of_type.empty() ? " ()" : "";
  return " (\n  " + join(lines, ",\n  ") + "\n)";
}

void add_inherited_overrides(const Table& table, const Catalog* catalog, Statements& statements) {
  if (table.inherits.empty()) return;
  for (const Column& column : table.columns) {
    if (column.local || !column.generated.empty()) continue;
    const Column* parent = inherited_column(table, column.name, catalog);
    const std::string alter =
        "ALTER TABLE ONLY " + sql_name(table.id) + " ALTER COLUMN " + quote_identifier(column.name);
    if (!parent || !(parent->default_value == column.default_value)) {
      if (!column.default_value.empty())
        statements.push_back(alter + " SET DEFAULT " + column.default_value->sql);
      else if (parent)
        statements.push_back(alter + " DROP DEFAULT");
    }
    if (column.not_null && column.not_null_validated && !(parent && parent->not_null))
      statements.push_back(alter + " SET NOT NULL");
    if (column.identity != '\0')
      statements.push_back(alter + " ADD " + identity_definition(column));
  }
}

std::string create_table(const Table& table, const Catalog* catalog) {
  std::string sql = !table.server.empty() ? "CREATE FOREIGN TABLE "
                    : table.unlogged      ? "CREATE UNLOGGED TABLE "
                                          : "CREATE TABLE ";
  sql += sql_name(table.id);
  if (!table.of_type.empty()) sql += " OF " + quote_qualified(table.of_type);
  sql += columns_clause(table, catalog);
  if (!table.inherits.empty()) sql += "\nINHERITS (" + qualified_list(table.inherits) + ')';
  if (!table.partition_key.strategy.empty())
    sql += "\nPARTITION BY " + partition_key_definition(table.partition_key);
  if (!table.access_method.empty()) sql += "\nUSING " + quote_identifier(table.access_method);
  if (!table.options.empty()) sql += "\nWITH " + options_list(table.options);
  if (!table.server.empty())
    sql += "\nSERVER " + quote_identifier(table.server) + foreign_options(table.foreign_options);
  if (!table.tablespace.empty()) sql += "\nTABLESPACE " + quote_identifier(table.tablespace);
  return sql;
}

Statements create(const Table& table, const Catalog* catalog) {
  const std::string name = sql_name(table.id);
  Statements statements{create_table(table, catalog)};
  add_inherited_overrides(table, catalog, statements);
  for (const Column& column : table.columns)
    for (std::string& sql : column_settings_sql(column, name)) statements.push_back(std::move(sql));
  if (table.replica_identity.mode == 'f' || table.replica_identity.mode == 'n')
    statements.push_back(replica_identity_sql(table));
  if (table.row_security)
    statements.push_back("ALTER TABLE " + name + " ENABLE ROW LEVEL SECURITY");
  if (table.force_row_security)
    statements.push_back("ALTER TABLE " + name + " FORCE ROW LEVEL SECURITY");
  return statements;
}

}  // namespace

std::string key_element(const KeyElement& element) {
  std::string sql = element.column.empty() ? key_expression(element.expression.sql)
                                           : quote_identifier(element.column);
  sql += collate_clause(element.collation);
  if (!element.opclass.empty()) sql += ' ' + quote_qualified(element.opclass);
  return sql;
}

std::string partition_key_definition(const PartitionKey& key) {
  std::vector<std::string> elements;
  for (const KeyElement& element : key.elements) elements.push_back(key_element(element));
  const std::string strategy = key.strategy == "range"  ? "RANGE"
                               : key.strategy == "list" ? "LIST"
                                                        : "HASH";
  return strategy + " (" + join(elements, ", ") + ')';
}

Statements create_sql(const Table& table) { return create(table, nullptr); }

Statements create_sql(const Table& table, const Catalog& catalog) {
  return create(table, &catalog);
}

Statements attach_sql(const Table& table) {
  if (table.partition_of.empty()) return {};
  return {"ALTER TABLE ONLY " + quote_qualified(table.partition_of) + " ATTACH PARTITION " +
          sql_name(table.id) + ' ' + table.bound.sql};
}

std::string replica_identity_sql(const Table& table) {
  std::string sql = "ALTER TABLE ONLY " + sql_name(table.id) + " REPLICA IDENTITY ";
  switch (table.replica_identity.mode) {
    case 'n':
      return sql + "NOTHING";
    case 'f':
      return sql + "FULL";
    case 'i':
      return sql + "USING INDEX " + quote_identifier(table.replica_identity.index);
    default:
      return sql + "DEFAULT";
  }
}

}  // namespace schemadiff::schema
