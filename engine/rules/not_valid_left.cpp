// A constraint that old rows may break.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict not_valid_left(const Subject& s) {
  if (!s.makes(Kind::Constraint) || s.after<Constraint>()->validated || s.on_new_table())
    return kSilent;
  return fires(
      "It stays NOT VALID: rows that are there may break it, and the planner does not rely on it.");
}

}  // namespace schemadiff::engine::rules
