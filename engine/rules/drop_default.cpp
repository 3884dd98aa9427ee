// A required column without a default.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_default(const Subject& s) {
  if (s.operation.op != Op::AlterColumnDefault || !s.alters(Kind::Column, "default"))
    return kSilent;
  const Column& column = *s.column_after();
  if (!column.not_null || !column.default_value.empty() || column.identity != '\0') return kSilent;
  return fires("Inserts that do not give the column a value fail from now on.");
}

}  // namespace schemadiff::engine::rules
