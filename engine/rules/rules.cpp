#include "engine/rules/rules.h"

#include <fnmatch.h>

#include "engine/rules/rule.h"
#include "engine/rules/silencing.h"

namespace schemadiff::engine {

namespace rules {
#define RULE(function, id, risk) Verdict function(const Subject& subject);
#include "engine/rules/rules.def"
#undef RULE
}  // namespace rules

namespace {

constexpr RuleInfo kRules[] = {
#define RULE(function, id, risk) {id, Risk::risk},
#include "engine/rules/rules.def"
#undef RULE
};

constexpr rules::Verdict (*kFunctions[])(const rules::Subject&) = {
#define RULE(function, id, risk) rules::function,
#include "engine/rules/rules.def"
#undef RULE
};

}  // namespace

std::string silencing(std::string_view rule, const schema::ObjectId& object,
                      const std::vector<Silence>& silences) {
  const std::string name =
      object.schema + '.' + (object.parent.empty() ? object.name : object.parent);
  for (const Silence& silence : silences)
    if (silence.rule == rule && fnmatch(silence.objects.c_str(), name.c_str(), 0) == 0)
      return silence.reason;
  return {};
}

std::span<const RuleInfo> all_rules() { return kRules; }

void assess(std::vector<Operation>& operations, const Context& context) {
  for (Operation& operation : operations) {
    if (operation.sql.empty()) continue;
    const rules::Subject subject(operation, context);
    for (std::size_t i = 0; i < std::size(kRules); ++i) {
      rules::Verdict verdict = kFunctions[i](subject);
      if (!verdict) continue;
      const auto set = context.options.risks.find(std::string(kRules[i].id));
      const Risk risk =
          set != context.options.risks.end() ? set->second : verdict->risk.value_or(kRules[i].risk);
      operation.rules.push_back(
          {std::string(kRules[i].id), risk, std::move(verdict->message),
           silencing(kRules[i].id, operation.object, context.options.silences)});
    }
  }
}

}  // namespace schemadiff::engine
