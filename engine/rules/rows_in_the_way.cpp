// Rows that were counted when the plan was made.
#include <fmt/format.h>

#include <array>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

namespace {

struct Words {
  std::string_view one, many, end;
};

constexpr std::array<Words, 6> kWords{
    {{"row is NULL in the column", "rows are NULL in the column",
      "the step will fail until they are filled"},
     {"key is there more than once", "keys are there more than once",
      "the step will fail until they are told apart"},
     {"row refers to nothing", "rows refer to nothing", "the step will fail until they are mended"},
     {"row breaks the constraint", "rows break the constraint",
      "the step will fail until they are mended"},
     {"value does not fit the new type", "values do not fit the new type",
      "the step will fail or round them"},
     {"row has a value that is removed", "rows have a value that is removed",
      "the step will fail until they have another"}}};

}  // namespace

Verdict rows_in_the_way(const Subject& s) {
  for (const PreCheck& check : s.operation.pre_checks) {
    if (check.found.value_or(0) == 0) continue;
    const Words& words = kWords[static_cast<std::size_t>(check.counts)];
    return fires(fmt::format("{} {}: {}.", *check.found, *check.found == 1 ? words.one : words.many,
                             words.end));
  }
  return kSilent;
}

}  // namespace schemadiff::engine::rules
