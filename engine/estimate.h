// How long a step takes, from the size of its table and the throughput of the machine.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "engine/operation.h"

namespace schemadiff::engine {

// What takes the time of a step, and how much of it there is.
struct Effort {
  const char* measure = "";  // a key of [throughput]; empty: the same moment whatever tables hold
  double amount = 0;
};

// none: it depends on a table of which nothing is known.
std::optional<Effort> effort(const Operation& operation, const Context& context);

// In seconds, without the time that it waits for locks.
double estimate(const Effort& effort, const PlanOptions& options);

// Where the rates of these measures are from; empty: all are the defaults.
std::string told_rates(const std::set<std::string>& measures, const PlanOptions& options);

}  // namespace schemadiff::engine
