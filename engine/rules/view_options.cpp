// What a view lets through.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

// view-security-invoker says the rest
Options other_options(const View& view) {
  Options options = view.options;
  std::erase_if(options, [](const auto& option) { return option.first == "security_invoker"; });
  return options;
}

}  // namespace

Verdict view_options(const Subject& s) {
  if (!s.alters(Kind::View, "options") ||
      (s.operation.op != Op::AlterViewOptions && s.operation.op != Op::ReplaceView) ||
      other_options(*s.before<View>()) == other_options(*s.after<View>()))
    return kSilent;
  return fires("What the view lets through or checks may change.");
}

}  // namespace schemadiff::engine::rules
