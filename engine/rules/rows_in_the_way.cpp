// Rows that were counted when the plan was made.
#include <fmt/format.h>

#include <array>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

namespace {

constexpr std::array<std::string_view, 6> kEnds{
    "the step will fail until they are filled", "the step will fail until they are told apart",
    "the step will fail until they are mended", "the step will fail until they are mended",
    "the step will fail or round them",         "the step will fail until they have another"};

}  // namespace

Verdict rows_in_the_way(const Subject& s) {
  for (const PreCheck& check : s.operation.pre_checks) {
    if (check.found.value_or(0) == 0) continue;
    return fires(fmt::format("{}: {}.", in_words(check.counts, *check.found, "new"),
                             kEnds[static_cast<std::size_t>(check.counts)]));
  }
  return kSilent;
}

}  // namespace schemadiff::engine::rules
