// Rows that no policy keeps back any more.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict disable_row_security(const Subject& s) {
  if (s.operation.op == Op::NoForceRowSecurity)
    return fires("The owner reaches every row: policies no longer hold for it.", Risk::Medium);
  if (s.operation.op != Op::DisableRowSecurity) return kSilent;
  return fires("Every row can be reached by all who may read the table.");
}

}  // namespace schemadiff::engine::rules
