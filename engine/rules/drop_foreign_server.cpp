// The way to another server goes.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict drop_foreign_server(const Subject& s) {
  if (!s.drops(Kind::ForeignDataWrapper) && !s.drops(Kind::ForeignServer) &&
      !s.drops(Kind::UserMapping))
    return kSilent;
  return fires("What is behind the server can no longer be reached.");
}

}  // namespace schemadiff::engine::rules
