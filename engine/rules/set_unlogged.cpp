// A table that a crash empties.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict set_unlogged(const Subject& s) {
  if (!s.alters(Kind::Table, "unlogged") || s.operation.op != Op::RewriteTable ||
      !s.after<Table>()->unlogged)
    return kSilent;
  return fires("After a crash of the server the table is empty, and standbys do not have it.");
}

}  // namespace schemadiff::engine::rules
