// Columns of which [classification] does not say what they hold.
#include "engine/lint/lint.h"

namespace schemadiff::engine::lint_rules {

void unclassified_column(Subject& s) {
  for (const schema::ObjectId& column : unclassified(s.options.classification, s.catalog))
    s.add(column, "No line of [classification.columns] says what it holds.");
}

}  // namespace schemadiff::engine::lint_rules
