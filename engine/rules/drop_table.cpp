// The rows of a table.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_table(const Subject& s) {
  if (!s.drops(Kind::Table) || !s.before<Table>()->server.empty()) return kSilent;
  return fires("All rows of the table are lost" + s.figures() + ".");
}

}  // namespace schemadiff::engine::rules
