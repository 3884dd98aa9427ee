// What a provider of security labels goes by.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict change_security_label(const Subject& s) {
  if (s.operation.op != Op::LabelSecurity) return kSilent;
  return fires("What roles can reach may change.");
}

}  // namespace schemadiff::engine::rules
