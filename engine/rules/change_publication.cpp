// What subscribers get.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_publication(const Subject& s) {
  if (s.drops(Kind::Publication)) return fires("Subscribers get no changes any more.", Risk::High);
  if (!s.alters(Kind::Publication)) return kSilent;
  switch (s.operation.op) {
    case Op::RemoveFromPublication:
      return fires("Subscribers get no changes of these tables any more.");
    case Op::AddToPublication:
      return fires("Subscribers need the tables before they refresh.");
    case Op::AlterPublication:
      return fires("Subscribers get other changes.");
    default:
      return kSilent;
  }
}

}  // namespace schemadiff::engine::rules
