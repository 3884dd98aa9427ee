// Passwords that are not part of a schema.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict secrets_left_out(const Subject& s) {
  if (!s.makes(Kind::UserMapping)) return kSilent;
  return fires(
      "Options that are secrets, such as a password, have to be set by hand: they are never "
      "shown.");
}

}  // namespace schemadiff::engine::rules
