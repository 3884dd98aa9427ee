// When triggers fire, also where that differs in partitions (trigger.c, EnableDisableTrigger and
// tablecmds.c, CloneRowTriggersToPartition).
#pragma once

#include "parser/builder.h"

namespace schemadiff::parser {

// `enabled`: pg_trigger.tgenabled. Without a name (null) of all triggers of the relation.
// `recurse`: in the partitions below, too; else these stay as they are. False: there is no such
// trigger.
bool set_trigger_state(Builder& builder, const schema::Object& relation, const char* name,
                       char enabled, bool recurse);

// A new partition has the triggers of the table above it as they fire there.
void clone_trigger_states(Builder& builder, const schema::Table& parent,
                          const schema::Table& partition);

// The partition and those below it lose the triggers that came from above.
void forget_trigger_states(Builder& builder, const schema::Table& partition);

}  // namespace schemadiff::parser
