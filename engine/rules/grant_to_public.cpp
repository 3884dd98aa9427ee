// Access for everybody.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict grant_to_public(const Subject& s) {
  if (s.operation.op != Op::Grant) return kSilent;
  const bool to_all =
      std::any_of(s.operation.sql.begin(), s.operation.sql.end(), [](const std::string& statement) {
        return statement.ends_with(" TO PUBLIC") ||
               statement.find(" TO PUBLIC ") != std::string::npos;
      });
  if (!to_all) return kSilent;
  return fires("Every role, also one that is made later, gains the access.");
}

}  // namespace schemadiff::engine::rules
