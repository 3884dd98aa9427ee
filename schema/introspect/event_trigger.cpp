// Event triggers.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {

void read_event_triggers(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    if (reading.is_member({catalogs::kEventTrigger, oid})) continue;
    EventTrigger trigger;
    trigger.id = object_id(Kind::EventTrigger, {{}, rows.text()});
    trigger.event = rows.text();
    trigger.owner = at(reading.roles, rows.oid());
    trigger.function = at(reading.functions, rows.oid());
    trigger.enabled = rows.letter();
    trigger.tags = rows.texts();
    reading.describe(trigger, {catalogs::kEventTrigger, oid});
    add(reading.catalog.event_triggers, std::move(trigger));
  }
}

}  // namespace schemadiff::schema::introspection
