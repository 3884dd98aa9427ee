// Functions of one name between which a call cannot decide while both are there.
#pragma once

#include <cstddef>

#include "engine/operation.h"

namespace schemadiff::engine {

// How many arguments a call can give: those without a default, and all.
struct ArgumentCount {
  std::size_t fewest = 0, most = 0;
};
ArgumentCount accepted_arguments(const schema::Routine& routine);

// The function that goes when this one comes, and with which some calls would be ambiguous (CREATE
// FUNCTION, "Overloading"); the other way round. Null where there is none.
const schema::Routine* predecessor_of(const schema::Routine& made, const Context&);
const schema::Routine* successor_of(const schema::Routine& gone, const Context&);

// Whether every call of the one function can find the other.
bool takes_calls_of(const schema::Routine& made, const schema::Routine& gone);

}  // namespace schemadiff::engine
