// A composite type whose values change their form.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict alter_composite_type(const Subject& s) {
  switch (s.operation.op) {
    case Op::AddAttribute:
      return fires("Values of the type change their form for applications.", Risk::Medium);
    case Op::DropAttribute:
    case Op::RetypeAttribute:
      return fires("Values of the type change their form for applications.", Risk::High);
    default:
      return kSilent;
  }
}

}  // namespace schemadiff::engine::rules
