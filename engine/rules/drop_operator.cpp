// An operator, or what indexes and casts are made of, goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_operator(const Subject& s) {
  for (const Kind kind : {Kind::AccessMethod, Kind::Transform, Kind::Collation, Kind::Operator,
                          Kind::OperatorFamily, Kind::OperatorClass, Kind::Cast, Kind::Conversion})
    if (s.drops_for_good(kind)) return fires("Statements and indexes that need it fail.");
  return kSilent;
}

}  // namespace schemadiff::engine::rules
