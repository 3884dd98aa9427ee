// A function that is dropped and made anew.
#include "engine/overloads.h"
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict recreate_function(const Subject& s) {
  if (s.drops(Kind::Routine)) {
    const Routine* before = s.before<Routine>();
    const Routine* after = successor_of(*before, s.context);
    if (after && !takes_calls_of(*after, *before))
      return fires("Calls fail that the function which takes its place does not take.");
  }
  if (!s.makes(Kind::Routine) || !s.replaced()) return kSilent;
  return fires("Calls by the old signature fail as soon as it is gone.");
}

}  // namespace schemadiff::engine::rules
