// A constraint that has no online form.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict exclusion_constraint(const Subject& s) {
  if (!s.makes(Kind::Constraint) || s.after<Constraint>()->contype != 'x' || s.on_new_table())
    return kSilent;
  return fires("Its index cannot be built online: writes wait until it stands" + s.figures() + ".",
               s.by_size());
}

}  // namespace schemadiff::engine::rules
