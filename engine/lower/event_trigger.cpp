// Decides how event triggers are altered.
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

void lower_alter(const EventTrigger& before, const EventTrigger& after, const diff::Change& change,
                 const Context&, Operations& operations) {
  if (!changed(change, "enabled")) return;
  Operation operation =
      make(Role::Detail, after, Phase::Expand, "When the event trigger fires differs.");
  operation.sql = {event_trigger_state_sql(after)};
  operation.undo = {event_trigger_state_sql(before)};
  operations.push_back(std::move(operation));
}

}  // namespace schemadiff::engine
