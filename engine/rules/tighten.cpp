// A constraint on what is written already.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict tighten(const Subject& s) {
  if (s.operation.op == Op::AddConstraintNotValid && s.operation.object.kind == Kind::Table)
    return fires("Writes that break the check are refused until the partition is attached.");
  if (!s.makes(Kind::Constraint) || s.operation.phase != Phase::Contract) return kSilent;
  return fires(std::string("Writes that break the constraint are refused from now on") +
               (s.found_none() ? "; no row broke it when the plan was made." : "."));
}

}  // namespace schemadiff::engine::rules
