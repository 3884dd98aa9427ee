#include "engine/catalog_checks.h"

#include <fmt/format.h>

#include "schema/quote.h"

namespace schemadiff::engine {
namespace {

using schema::Kind;
using schema::ObjectId;
using schema::quote_literal;
using schema::quote_qualified;

std::string regclass(const std::string& schema, const std::string& name) {
  return "to_regclass(" + quote_literal(quote_qualified({schema, name})) + ")";
}

std::string regtype(const ObjectId& id) {
  return "to_regtype(" + quote_literal(quote_qualified({id.schema, id.name})) + ")";
}

std::string relation(const ObjectId& id, const char* relkinds) {
  return fmt::format("EXISTS (SELECT FROM pg_class WHERE oid = {} AND relkind IN ({}))",
                     regclass(id.schema, id.name), relkinds);
}

// Another kind of type may have had the name, or has it now.
std::string type(const ObjectId& id, char typtype) {
  return fmt::format("EXISTS (SELECT FROM pg_type WHERE oid = {} AND typtype = '{}')", regtype(id),
                     typtype);
}

// In a catalog of what stands on relations.
std::string on_relation(const ObjectId& id, const char* catalog, const char* relation,
                        const char* name) {
  return fmt::format("EXISTS (SELECT FROM {} WHERE {} = {} AND {} = {})", catalog, relation,
                     regclass(id.schema, id.parent), name, quote_literal(id.name));
}

// Whether the object is there; empty: no short query tells.
std::string exists(const ObjectId& id) {
  switch (id.kind) {
    case Kind::Schema:
      return "to_regnamespace(" + quote_literal(schema::quote_identifier(id.name)) +
             ") IS NOT NULL";
    case Kind::Table:
      return relation(id, "'r', 'p', 'f'");
    case Kind::View:
      return relation(id, "'v'");
    case Kind::MaterializedView:
      return relation(id, "'m'");
    case Kind::Sequence:
      return relation(id, "'S'");
    case Kind::Index:
      return relation(id, "'i', 'I'");
    case Kind::Enum:
      return type(id, 'e');
    case Kind::Domain:
      return type(id, 'd');
    case Kind::Composite:
      return relation(id, "'c'");
    case Kind::Range:
      return type(id, 'r');
    case Kind::Column:
      return fmt::format(
          "EXISTS (SELECT FROM pg_attribute WHERE attrelid = {} AND attname = {} AND NOT "
          "attisdropped)",
          regclass(id.schema, id.parent), quote_literal(id.name));
    case Kind::Constraint:
      return on_relation(id, "pg_constraint", "conrelid", "conname");
    case Kind::Trigger:
      return on_relation(id, "pg_trigger", "tgrelid", "tgname");
    case Kind::Policy:
      return on_relation(id, "pg_policy", "polrelid", "polname");
    case Kind::Rule:
      return on_relation(id, "pg_rewrite", "ev_class", "rulename");
    case Kind::Extension:
      return "EXISTS (SELECT FROM pg_extension WHERE extname = " + quote_literal(id.name) + ")";
    default:
      return {};
  }
}

void check_labels(const schema::Enum& type, std::vector<CatalogCheck>& checks) {
  std::string labels;
  for (const std::string& label : type.labels)
    labels += (labels.empty() ? "" : ", ") + quote_literal(label);
  checks.push_back(
      {"the values of " + describe(type.id),
       fmt::format("ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = {} ORDER BY "
                   "enumsortorder) = ARRAY[{}]::text[]",
                   regtype(type.id), labels)});
}

void check_column(const ObjectId& id, const schema::Column& column,
                  std::vector<CatalogCheck>& checks) {
  checks.push_back(
      {"the type of " + describe(id),
       fmt::format("EXISTS (SELECT FROM pg_attribute WHERE attrelid = {} AND attname = {} AND "
                   "atttypid = to_regtype({}) AND attnotnull = {})",
                   regclass(id.schema, id.parent), quote_literal(id.name),
                   quote_literal(column.type.sql), column.not_null)});
}

// What has to hold beyond being there. A partitioned index becomes valid with its last part.
void check_details(const ObjectId& id, const schema::Catalog& side,
                   std::vector<CatalogCheck>& checks) {
  if (const auto type = side.enums.find(id); type != side.enums.end())
    check_labels(type->second, checks);
  if (const auto index = side.indexes.find(id); index != side.indexes.end() && index->second.valid)
    checks.push_back({describe(id) + " is valid",
                      "(SELECT indisvalid OR relkind = 'I' FROM pg_index JOIN pg_class ON oid = "
                      "indexrelid WHERE "
                      "indexrelid = " +
                          regclass(id.schema, id.name) + ")"});
  if (const auto constraint = side.constraints.find(id);
      constraint != side.constraints.end() && constraint->second.validated)
    checks.push_back({describe(id) + " is validated",
                      exists(id).insert(exists(id).size() - 1, " AND convalidated")});
  if (id.kind != Kind::Column) return;
  const auto table = side.tables.find(table_id(id));
  if (table == side.tables.end()) return;
  if (const schema::Column* column = table->second.find(id.name)) check_column(id, *column, checks);
}

bool is_there(const ObjectId& id, const schema::Catalog& side) {
  if (id.kind != Kind::Column) return side.find(id) != nullptr;
  const schema::Table* table = side.table({id.schema, id.parent});
  return table && table->find(id.name);
}

}  // namespace

std::vector<CatalogCheck> catalog_checks(const ObjectId& id, const schema::Catalog& side) {
  const std::string condition = exists(id);
  if (condition.empty()) return {};
  if (!is_there(id, side)) return {{"no " + describe(id), "NOT (" + condition + ")"}};
  std::vector<CatalogCheck> checks{{describe(id), condition}};
  check_details(id, side, checks);
  return checks;
}

}  // namespace schemadiff::engine
