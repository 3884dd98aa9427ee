// A function that a policy asks for every row.
#include <strings.h>

#include "engine/rules/rule.h"
#include "schema/quote.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

bool follows_select(std::string_view text) {
  const std::size_t end = text.find_last_not_of(" \n");
  constexpr std::string_view kSelect = "SELECT";
  return end != std::string_view::npos && end + 1 >= kSelect.size() &&
         strncasecmp(text.data() + end + 1 - kSelect.size(), kSelect.data(), kSelect.size()) == 0;
}

bool asks_per_row(std::string_view condition, const std::string& call) {
  for (std::size_t at = condition.find(call); at != std::string_view::npos;
       at = condition.find(call, at + 1))
    if (!follows_select(condition.substr(0, at))) return true;
  return false;
}

}  // namespace

Verdict policy_per_row(const Subject& s) {
  const Policy* policy = s.operation.object.kind == Kind::Policy ? s.after<Policy>() : nullptr;
  if (!policy || s.operation.role == Role::Drop || s.operation.role == Role::Detail) return kSilent;
  for (const ObjectId& ref : policy->refs) {
    const auto routine = s.context.to.routines.find(ref);
    if (routine == s.context.to.routines.end() || !ref.args.empty() ||
        routine->second.volatility == 'i')
      continue;
    const std::string call = quote_qualified({ref.schema, ref.name}) + "()";
    if (asks_per_row(policy->using_expr.sql, call) || asks_per_row(policy->check_expr.sql, call))
      return fires("It calls " + call + " for every row; (SELECT " + call + ") is called once.");
  }
  return kSilent;
}

}  // namespace schemadiff::engine::rules
