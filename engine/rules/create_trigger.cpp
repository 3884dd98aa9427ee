// A new trigger on a table that is in use.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict create_trigger(const Subject& s) {
  if (!s.makes(Kind::Trigger) || s.on_new_table()) return kSilent;
  return fires("The trigger changes what writes to an existing table do.");
}

}  // namespace schemadiff::engine::rules
