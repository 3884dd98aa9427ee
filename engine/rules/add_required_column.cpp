// A new column that every insert has to fill.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict add_required_column(const Subject& s) {
  const Op op = s.operation.op;
  if (!s.makes(Kind::Column) || (op != Op::AddColumn && op != Op::AddRequiredColumn))
    return kSilent;
  const Column& column = *s.column_after();
  if (!column.not_null || !column.default_value.empty()) return kSilent;
  return fires(
      "The column is NOT NULL and has no default: this fails on a table with rows, and inserts of "
      "the running application fail. Write beside it what its rows shall have: "
      "-- schemadiff: backfill=EXPRESSION.");
}

}  // namespace schemadiff::engine::rules
