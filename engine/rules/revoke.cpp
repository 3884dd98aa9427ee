// Less access.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict revoke(const Subject& s) {
  if (s.operation.op != Op::Revoke) return kSilent;
  return fires(s.operation.object.kind == Kind::DefaultPrivileges
                   ? "A role gets no access to objects that are made later."
                   : "A role loses access that an application may use.");
}

}  // namespace schemadiff::engine::rules
