// A table under another name.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

Verdict rename_table(const Subject& s) {
  if (s.operation.op != Op::RenameTable || s.replaced()) return kSilent;
  return fires(
      "Under the old name there is a view: TRUNCATE, COPY … FROM, LOCK TABLE and new foreign keys "
      "fail there.");
}

}  // namespace schemadiff::engine::rules
