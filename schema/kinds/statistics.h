// CREATE STATISTICS.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct Statistics : Object {
  static constexpr Kind kKind = Kind::Statistics;
  QualifiedName table;
  // "dependencies" "mcv" "ndistinct", sorted, all written out; none on a single expression
  std::vector<std::string> kinds;
  std::vector<std::string> columns;  // sorted
  std::vector<Expr> expressions;
  int target = -1;  // -1: the columns' own
  static constexpr auto attributes() {
    return std::make_tuple(attribute("table", &Statistics::table, Alter::Replace),
                           attribute("kinds", &Statistics::kinds, Alter::Replace),
                           attribute("columns", &Statistics::columns, Alter::Replace),
                           attribute("expressions", &Statistics::expressions, Alter::Replace),
                           attribute("statistics target", &Statistics::target));
  }
};

}  // namespace schemadiff::schema
