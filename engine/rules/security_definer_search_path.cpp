// A function that runs as its owner and finds names where its caller says.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict security_definer_search_path(const Subject& s) {
  if (s.operation.object.kind != Kind::Routine ||
      (s.operation.role != Role::Make && s.operation.role != Role::Alter))
    return kSilent;
  const Routine& routine = *s.after<Routine>();
  const bool fixed =
      std::any_of(routine.config.begin(), routine.config.end(),
                  [](const auto& setting) { return setting.first == "search_path"; });
  if (!routine.security_definer || fixed || !routine.sql_body.empty()) return kSilent;
  return fires(
      "It runs with the rights of its owner, and finds names by the search_path of whoever calls "
      "it: a caller can put other objects in their place.");
}

}  // namespace schemadiff::engine::rules
