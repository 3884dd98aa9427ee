// A type that fills values up with blanks.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict char_padding(const Subject& s) {
  const auto pads = [](const Column& column) { return column.type.sql.starts_with("character("); };
  const std::vector<const Column*> columns =
      s.retypes_column() ? std::vector{s.column_after()} : s.new_columns();
  for (const Column* column : columns)
    if (pads(*column))
      return fires("Values of " + column->name +
                   " are filled up with blanks, which comparisons ignore and patterns do not.");
  return kSilent;
}

}  // namespace schemadiff::engine::rules
