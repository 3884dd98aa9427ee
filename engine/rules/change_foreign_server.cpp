// Where foreign tables get their rows.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_foreign_server(const Subject& s) {
  const ObjectId& id = s.operation.object;
  const bool server = s.alters(Kind::ForeignDataWrapper) || s.alters(Kind::ForeignServer) ||
                      s.alters(Kind::UserMapping) || s.alters(Kind::Table);
  if (!server || s.operation.op != Op::AlterForeignOptions) return kSilent;
  return fires(id.kind == Kind::Table ? "The foreign table gets its rows in another way."
                                      : "Foreign tables get their rows in another way.");
}

}  // namespace schemadiff::engine::rules
