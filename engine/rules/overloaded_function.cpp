// Calls that may mean two functions.
#include "engine/overloads.h"
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict overloaded_function(const Subject& s) {
  if (!s.makes(Kind::Routine) || s.replaced()) return kSilent;
  const ObjectId& id = s.operation.object;
  const auto [fewest, most] = accepted_arguments(*s.after<Routine>());
  const Routine* gone = predecessor_of(*s.after<Routine>(), s.context);
  const auto& routines = s.context.from.routines;
  for (auto other = routines.lower_bound({Kind::Routine, id.schema, {}, id.name, {}});
       other != routines.end() && other->first.schema == id.schema && other->first.name == id.name;
       ++other) {
    const auto [other_fewest, other_most] = accepted_arguments(other->second);
    if (other->first == id || &other->second == gone || other_most < fewest || most < other_fewest)
      continue;
    if (most != other_most)
      return fires(describe(other->first) +
                       " takes the same number of arguments where defaults stand in: calls that "
                       "leave those out become ambiguous and fail.",
                   Risk::Medium);
    return fires(describe(other->first) +
                 " takes as many arguments: calls with untyped values may find the other one, or "
                 "become ambiguous and fail.");
  }
  return kSilent;
}

}  // namespace schemadiff::engine::rules
