// The two sides of a plan or a check, loaded, analysed and narrowed.
#pragma once

#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/source.h"
#include "diff/change.h"

namespace schemadiff::cli {

// Something that a side holds and the comparison does not see.
struct NotCompared {
  std::string side;  // "from" "to"
  schema::Unmodelled item;
};

struct Comparison {
  Source from;
  Source to;
  diff::CompareOptions compare;
  std::vector<std::string> notes;  // one sentence each
  std::vector<NotCompared> not_compared;
};

// Loads one side alone (dump, debug catalog); Options::from says which. Analysed and narrowed.
Source load_one(const Options& options);

// Loads both sides at the same time. With Options::reverse they change places at the end.
// Throws Error: no side said, a source that cannot be read, a desired side without any object, a
// pattern of --schema that matches nothing.
Comparison load_comparison(const Options& options);

}  // namespace schemadiff::cli
