// CREATE VIEW and CREATE MATERIALIZED VIEW.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct ViewColumn {
  std::string name;
  TypeName type;          // empty when analysis could not tell
  Expr default_value;     // ALTER VIEW … ALTER COLUMN … SET DEFAULT
  std::string comment;
  Rare<std::vector<SecurityLabel>> security_labels;
  // Of materialized views, as in Column.
  Rare<std::string> storage;
  Rare<std::string> compression;
  int statistics = -1;
  Rare<Options> options;
  // Of a file, until it is analysed: what the query calls it, where no list of names has its place.
  Rare<std::string> query_name;
  bool operator==(const ViewColumn&) const = default;
};

struct View : Object {
  static constexpr Kind kKind = Kind::View;
  Expr query;
  std::vector<ViewColumn> columns;  // the output, in order; explicit column names included
  Options options;                  // security_barrier, security_invoker, check_option
  static constexpr auto attributes() {
    return std::make_tuple(attribute("query", &View::query, Alter::Depends),
                           attribute("columns", &View::columns, Alter::Depends),
                           attribute("options", &View::options));
  }
};

struct MaterializedView : Object {
  static constexpr Kind kKind = Kind::MaterializedView;
  Expr query;
  std::vector<ViewColumn> columns;
  Options options;             // storage parameters
  std::string tablespace;      // empty: the database's default
  std::string access_method;   // empty: heap
  bool populated = true;       // WITH [NO] DATA: said when it is made; data, so never compared
  static constexpr auto attributes() {
    return std::make_tuple(attribute("query", &MaterializedView::query, Alter::Replace),
                           attribute("columns", &MaterializedView::columns, Alter::Depends),
                           attribute("storage parameters", &MaterializedView::options),
                           attribute("tablespace", &MaterializedView::tablespace),
                           attribute("access method", &MaterializedView::access_method));
  }
};

}  // namespace schemadiff::schema
