// A foreign table goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_foreign_table(const Subject& s) {
  if (!s.drops(Kind::Table) || s.before<Table>()->server.empty()) return kSilent;
  return fires("Readers of the table fail.");
}

}  // namespace schemadiff::engine::rules
