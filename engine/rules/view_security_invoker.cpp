// Whose rights a view goes by.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

bool goes_by_caller(const View& view) {
  return std::any_of(view.options.begin(), view.options.end(), [](const auto& option) {
    return option.first == "security_invoker" &&
           (option.second == "true" || option.second == "on" || option.second == "yes" ||
            option.second == "1");
  });
}

}  // namespace

Verdict view_security_invoker(const Subject& s) {
  const bool alters = s.alters(Kind::View, "options") &&
                      (s.operation.op == Op::AlterViewOptions || s.operation.op == Op::ReplaceView);
  if (!alters && !(s.makes(Kind::View) && s.replaced())) return kSilent;
  const bool before = goes_by_caller(*s.before<View>()), after = goes_by_caller(*s.after<View>());
  if (before == after) return kSilent;
  if (after)
    return fires(
        "Readers need rights on the tables behind the view, and row security is applied as theirs.",
        Risk::Medium);
  return fires(
      "The view reads with the rights of its owner: readers get rows and tables that their own "
      "rights kept from them.");
}

}  // namespace schemadiff::engine::rules
