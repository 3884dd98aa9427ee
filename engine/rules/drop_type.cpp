// A type goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_type(const Subject& s) {
  for (const Kind kind : {Kind::Enum, Kind::Domain, Kind::Composite, Kind::Range, Kind::BaseType})
    if (s.drops(kind) && s.operation.op != Op::SetTypeAside)
      return fires("Statements that name the type fail.");
  return kSilent;
}

}  // namespace schemadiff::engine::rules
