// A table that is written anew.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict rewrite_table(const Subject& s) {
  // add-column-rewrite says it of new columns
  if (!facts_of(s.operation.op).rewrites || s.operation.relations.empty() ||
      s.operation.op == Op::AddColumnRewriting || s.operation.op == Op::MoveIndex)
    return kSilent;
  if (s.operation.object.kind == Kind::MaterializedView)
    return fires("The materialized view is rewritten under an exclusive lock.", s.by_size());
  if (s.operation.op == Op::AlterColumnTypeRewriting) {
    const auto obstacle = s.context.retyped.find(s.operation.object);
    return fires(
        "The table, or an index on the column, is rewritten under an ACCESS EXCLUSIVE "
        "lock" +
            s.figures() +
            (obstacle == s.context.retyped.end()
                 ? "."
                 : "; there is no online form, because " + obstacle->second + "."),
        s.by_size());
  }
  return fires("The table is rewritten under an ACCESS EXCLUSIVE lock" + s.figures() + ".",
               s.by_size());
}

}  // namespace schemadiff::engine::rules
