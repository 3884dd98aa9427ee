// Values that cannot be compared.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict json_column(const Subject& s) {
  const bool adds = s.makes(Kind::Column) && !s.operation.sql.empty();
  if ((!adds && !s.retypes_column()) || s.column_after()->type.sql != "json") return kSilent;
  return fires(
      "The type json has no equality: SELECT DISTINCT, GROUP BY and UNION over all columns of the "
      "table fail.");
}

}  // namespace schemadiff::engine::rules
