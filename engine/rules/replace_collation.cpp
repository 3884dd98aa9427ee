// A collation in a new form.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict replace_collation(const Subject& s) {
  if (!s.makes(Kind::Collation) || s.operation.op != Op::MakeTypeAnew) return kSilent;
  return fires("Indexes on columns of the collation are built anew under an exclusive lock.");
}

}  // namespace schemadiff::engine::rules
