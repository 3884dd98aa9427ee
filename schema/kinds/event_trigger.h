// CREATE EVENT TRIGGER.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct EventTrigger : Object {
  static constexpr Kind kKind = Kind::EventTrigger;
  std::string event;  // "ddl_command_start" "ddl_command_end" "sql_drop" "table_rewrite"
  std::vector<std::string> tags;  // in order; empty: every command
  QualifiedName function;
  char enabled = 'O';  // pg_event_trigger.evtenabled: as of triggers
  static constexpr auto attributes() {
    return std::make_tuple(attribute("event", &EventTrigger::event, Alter::Replace),
                           attribute("tags", &EventTrigger::tags, Alter::Replace),
                           attribute("function", &EventTrigger::function, Alter::Replace),
                           attribute("enabled", &EventTrigger::enabled));
  }
};

}  // namespace schemadiff::schema
