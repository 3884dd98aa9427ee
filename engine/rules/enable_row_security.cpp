// Rows that disappear.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict enable_row_security(const Subject& s) {
  if (s.operation.op == Op::ForceRowSecurity)
    return fires("Policies hold for the owner too: rows that none allows disappear for it.");
  if (s.operation.op != Op::EnableRowSecurity) return kSilent;
  return fires("Rows that no policy allows disappear for their users.");
}

}  // namespace schemadiff::engine::rules
