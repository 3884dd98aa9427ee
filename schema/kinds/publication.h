// CREATE PUBLICATION.
#pragma once

#include "schema/attribute.h"
#include "schema/rare.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct PublishedTable {
  QualifiedName table;
  std::vector<std::string> columns;  // sorted; empty: all
  Expr filter;                       // WHERE; empty: all rows
  bool operator==(const PublishedTable&) const = default;
};

struct Publication : Object {
  static constexpr Kind kKind = Kind::Publication;
  bool all_tables = false;
  std::vector<PublishedTable> tables;    // sorted by name; children of INHERITS are named one by one
  std::vector<std::string> schemas;      // sorted; all of whose tables are published
  std::vector<std::string> operations{"insert", "update", "delete", "truncate"};  // in this order
  bool via_partition_root = false;
  bool generated_columns = false;  // from version 18 on: stored ones are published too
  static constexpr auto attributes() {
    return std::make_tuple(attribute("all tables", &Publication::all_tables, Alter::Replace),
                           attribute("tables", &Publication::tables),
                           attribute("schemas", &Publication::schemas),
                           attribute("operations", &Publication::operations),
                           attribute("via partition root", &Publication::via_partition_root),
                           attribute("generated columns", &Publication::generated_columns));
  }
};

}  // namespace schemadiff::schema
