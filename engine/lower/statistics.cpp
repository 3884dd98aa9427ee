// Decides how extended statistics are altered.
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

void lower_alter(const Statistics& before, const Statistics& after, const diff::Change& change,
                 const Context&, Operations& operations) {
  if (!changed(change, "statistics target")) return;
  Operation operation =
      make(Role::Detail, after, Phase::Expand, "How much ANALYZE samples differs.");
  operation.sql = {statistics_target_sql(after)};
  operation.undo = {statistics_target_sql(before)};
  operations.push_back(std::move(operation));
}

}  // namespace schemadiff::engine
