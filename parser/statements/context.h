// What a statement is applied with.
#pragma once

#include <string_view>

#include "parser/builder.h"

namespace schemadiff::parser {

struct Context {
  Builder& builder;
  schema::Span span;           // where the statement begins
  std::string_view statement;  // its text
  std::size_t offset = 0;      // what to subtract from a node's location to get a place in the text
  // How many of the statement's parts have taken effect. A part that throws Missing is tried again
  // later, the parts before it are not.
  std::size_t& done;

  // The place of a node; the statement's own when the location is unknown. Cheapest for growing
  // ones.
  schema::Span at(int location);

  std::size_t counted = 0;  // bytes of the statement that `counted_to` is behind
  schema::Span counted_to{};
};

// Applies one raw statement node. Throws Missing before it has changed anything that `done` does
// not count.
void apply(Context& context, const void* node);

// Whether the statement is better applied after all others where their order is not given: a
// partition that is attached after its indexes were made keeps them, one attached before gets new
// ones; default privileges are for what somebody makes later.
bool comes_last(const void* node);

}  // namespace schemadiff::parser
