// What is dropped and still named in the body of a function.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

const std::vector<const Routine*>* named_in(const Context& context, const std::string& word) {
  const auto found = context.routines_by_word.find(word);
  return found == context.routines_by_word.end() ? nullptr : &found->second;
}

}  // namespace

// Bodies are text to the server: nothing keeps what they name from being dropped.
Verdict drop_still_named(const Subject& s) {
  const auto drops = [&](Kind kind) { return s.drops_for_good(kind); };
  if (!drops(Kind::Table) && !drops(Kind::View) && !drops(Kind::MaterializedView) &&
      !drops(Kind::Sequence) && !drops(Kind::Routine) && !drops(Kind::Column))
    return kSilent;
  const ObjectId& id = s.operation.object;
  const auto* routines = named_in(s.context, id.name);
  if (!routines) return kSilent;
  if (id.parent.empty())
    return fires("The body of " + describe(routines->front()->id) + " still names it.");
  const auto* of_table = named_in(s.context, id.parent);
  if (!of_table) return kSilent;
  for (const Routine* routine : *routines)
    if (std::find(of_table->begin(), of_table->end(), routine) != of_table->end())
      return fires("The body of " + describe(routine->id) + " still names it.");
  return kSilent;
}

}  // namespace schemadiff::engine::rules
