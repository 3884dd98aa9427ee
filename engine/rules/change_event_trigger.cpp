// An event trigger that is made, altered or dropped.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_event_trigger(const Subject& s) {
  if (s.operation.object.kind != Kind::EventTrigger || s.operation.op == Op::CommentOn ||
      s.operation.op == Op::AlterOwner)
    return kSilent;
  return fires(s.operation.role == Role::Drop
                   ? "What the event trigger did no longer happens."
                   : "The event trigger can change or refuse later DDL.");
}

}  // namespace schemadiff::engine::rules
