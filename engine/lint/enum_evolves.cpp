// Enums that a reference table would serve better.
#include "engine/lint/lint.h"

namespace schemadiff::engine::lint_rules {

void enum_evolves(Subject& s) {
  for (const auto& [id, type] : s.catalog.enums)
    s.add(id,
          "An enum keeps each value for ever: a reference table takes and drops values as rows.");
}

}  // namespace schemadiff::engine::lint_rules
