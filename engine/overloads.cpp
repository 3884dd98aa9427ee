#include "engine/overloads.h"

#include <algorithm>

namespace schemadiff::engine {

using namespace schema;

namespace {

std::vector<const Argument*> inputs_of(const Routine& routine) {
  std::vector<const Argument*> inputs;
  for (const Argument& argument : routine.arguments)
    if (argument.mode != 'o' && argument.mode != 't') inputs.push_back(&argument);
  return inputs;
}

bool same_types(const Routine& a, const Routine& b, std::size_t count) {
  const auto of_a = inputs_of(a), of_b = inputs_of(b);
  return std::equal(of_a.begin(), of_a.begin() + static_cast<std::ptrdiff_t>(count), of_b.begin(),
                    [](const Argument* x, const Argument* y) { return x->type == y->type; });
}

bool are_ambiguous(const Routine& a, const Routine& b) {
  const ArgumentCount of_a = accepted_arguments(a), of_b = accepted_arguments(b);
  const std::size_t shared = std::max(of_a.fewest, of_b.fewest);
  return shared <= std::min(of_a.most, of_b.most) && same_types(a, b, shared);
}

// The first routine of the catalog with the other's name that changes so and is ambiguous with it.
const Routine* other_than(const Routine& routine, const Catalog& catalog, diff::Action action,
                          const Context& context) {
  const ObjectId& id = routine.id;
  for (auto other = catalog.routines.lower_bound({Kind::Routine, id.schema, {}, id.name, {}});
       other != catalog.routines.end() && other->first.schema == id.schema &&
       other->first.name == id.name;
       ++other) {
    const diff::Change* change = context.change(other->first);
    if (change && change->action == action && are_ambiguous(routine, other->second))
      return &other->second;
  }
  return nullptr;
}

bool changes_so(const Routine& routine, diff::Action action, const Context& context) {
  const diff::Change* change = context.change(routine.id);
  return change && change->action == action;
}

}  // namespace

ArgumentCount accepted_arguments(const Routine& routine) {
  const auto inputs = inputs_of(routine);
  const auto without = std::ranges::count_if(
      inputs, [](const Argument* argument) { return argument->default_value.empty(); });
  return {static_cast<std::size_t>(without), inputs.size()};
}

const Routine* predecessor_of(const Routine& made, const Context& context) {
  if (!changes_so(made, diff::Action::Create, context)) return nullptr;
  const Routine* gone = other_than(made, context.from, diff::Action::Drop, context);
  return gone && other_than(*gone, context.to, diff::Action::Create, context) == &made ? gone
                                                                                       : nullptr;
}

const Routine* successor_of(const Routine& gone, const Context& context) {
  if (!changes_so(gone, diff::Action::Drop, context)) return nullptr;
  const Routine* made = other_than(gone, context.to, diff::Action::Create, context);
  return made && predecessor_of(*made, context) == &gone ? made : nullptr;
}

bool takes_calls_of(const Routine& made, const Routine& gone) {
  const ArgumentCount now = accepted_arguments(made), before = accepted_arguments(gone);
  return now.fewest <= before.fewest && before.most <= now.most &&
         same_types(made, gone, before.most);
}

}  // namespace schemadiff::engine
