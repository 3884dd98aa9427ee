// Values that may not fit.
#include "engine/lower/column_type.h"
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict narrow_type(const Subject& s) {
  if (!s.operation.retypes || !s.alters(Kind::Column)) return kSilent;
  if (s.operation.op != Op::AlterColumnTypeRewriting || !s.operation.change->because.empty())
    return kSilent;
  const Column& before = *s.column_before();
  const Column& after = *s.column_after();
  if (before.collation != after.collation ||
      classify_retype(before.type, after.type) != Retype::Narrowing)
    return kSilent;
  return fires(std::string("Values that do not fit the new type make the step fail") +
               (s.found_none() ? "; there were none when the plan was made." : "."));
}

}  // namespace schemadiff::engine::rules
