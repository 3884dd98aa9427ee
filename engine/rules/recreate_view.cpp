// A view that is dropped and made anew.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict recreate_view(const Subject& s) {
  if (!s.makes(Kind::View) || !s.replaced()) return kSilent;
  return fires(
      "The view is dropped and made again in one transaction; sessions that read it wait for that "
      "long.");
}

}  // namespace schemadiff::engine::rules
