// CREATE and ALTER EVENT TRIGGER (event_trigger.c).
#include "parser/references.h"
#include "parser/statements/address.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "schema/object_names.h"

namespace schemadiff::parser {

void apply_create_event_trigger(Context& context, const void* node) {
  const auto* statement = as<::CreateEventTrigStmt>(node);
  schema::EventTrigger trigger;
  trigger.id = {schema::Kind::EventTrigger, {}, {}, schema::truncate_name(statement->trigname), {}};
  trigger.span = context.span;
  trigger.event = statement->eventname;
  trigger.function = resolve_function(context.builder, qualified(statement->funcname), true);
  for (const auto* filter : nodes<::DefElem>(statement->whenclause))
    for (const std::string& tag : names_of(as<::List>(filter->arg)))
      trigger.tags.push_back(upper(tag));
  context.builder.add(std::move(trigger));
}

void apply_alter_event_trigger(Context& context, const void* node) {
  const auto* statement = as<::AlterEventTrigStmt>(node);
  require_named(context.builder.catalog.event_triggers, "event trigger", statement->trigname)
      .enabled = statement->tgenabled;
}

}  // namespace schemadiff::parser
