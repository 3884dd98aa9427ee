// A cast that the server applies by itself.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict implicit_cast(const Subject& s) {
  if (!s.makes(Kind::Cast) || s.after<Cast>()->context != 'i') return kSilent;
  return fires(
      "The server applies the cast wherever it fits: statements that work now may find other "
      "functions and operators, or become ambiguous.");
}

}  // namespace schemadiff::engine::rules
