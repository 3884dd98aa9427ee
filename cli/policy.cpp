#include "cli/policy.h"

#include <algorithm>

#include "cli/narrow.h"

namespace schemadiff::cli {
namespace {

std::string list_of(const std::vector<std::string>& steps) {
  constexpr std::size_t kMost = 6;
  std::string text;
  for (std::size_t i = 0; i < std::min(kMost, steps.size()); ++i)
    text += (i ? ", " : "") + steps[i];
  if (steps.size() > kMost) text += " and " + std::to_string(steps.size() - kMost) + " more";
  return text;
}

template <class Is>
std::vector<std::string> steps_where(const engine::Plan& plan, Is&& is) {
  std::vector<std::string> steps;
  for (const engine::Step& step : plan.steps)
    if (is(step)) steps.push_back(step.id);
  return steps;
}

bool covers(const AllowedDrift& drift, const diff::Change& change) {
  const schema::ObjectId& id = change.id;
  const bool named = matches(drift.objects, id.schema + '.' + id.name) ||
                     (!id.parent.empty() && matches(drift.objects, id.schema + '.' + id.parent));
  if (!named || drift.attribute.empty()) return named;
  return !change.attributes.empty() &&
         std::all_of(change.attributes.begin(), change.attributes.end(),
                     [&](const auto& a) { return a.attribute == drift.attribute; });
}

}  // namespace

Policy merged(Policy general, const Policy& own) {
  if (own.highest_risk) general.highest_risk = own.highest_risk;
  for (const auto& [risk, people] : own.approvals) general.approvals[risk] = people;
  general.forbidden.insert(general.forbidden.end(), own.forbidden.begin(), own.forbidden.end());
  general.allowed_drift.insert(general.allowed_drift.end(), own.allowed_drift.begin(),
                               own.allowed_drift.end());
  return general;
}

int approvals_needed(const Policy& policy, engine::Risk risk) {
  int needed = 0;
  for (const auto& [from, people] : policy.approvals)
    if (from <= risk) needed = std::max(needed, people);
  return needed;
}

std::string approvals_in_words(const engine::Plan& plan, const Policy& policy) {
  const int needed = plan.steps.empty() ? 0 : approvals_needed(policy, plan.risk);
  if (needed == 0) return {};
  return "The policy asks for the approval of " +
         (needed == 1 ? std::string("somebody") : std::to_string(needed) + " people") +
         " before it is applied.";
}

std::vector<std::string> refusals(const engine::Plan& plan, const Policy& policy) {
  std::vector<std::string> sentences;
  if (policy.highest_risk) {
    const std::vector<std::string> steps =
        steps_where(plan, [&](const engine::Step& s) { return s.risk > *policy.highest_risk; });
    if (!steps.empty())
      sentences.push_back("The policy allows no more than " +
                          std::string(to_string(*policy.highest_risk)) +
                          " risk: " + list_of(steps) + ".");
  }
  for (const std::string& rule : policy.forbidden) {
    const std::vector<std::string> steps = steps_where(plan, [&](const engine::Step& s) {
      return std::any_of(s.rules.begin(), s.rules.end(), [&](const engine::RuleHit& hit) {
        return hit.rule == rule && hit.silenced.empty();
      });
    });
    if (!steps.empty())
      sentences.push_back("The policy forbids " + rule + ": " + list_of(steps) + ".");
  }
  return sentences;
}

std::string allowed(const diff::Change& change, const Policy& policy) {
  for (const AllowedDrift& drift : policy.allowed_drift)
    if (covers(drift, change)) return drift.reason;
  return {};
}

}  // namespace schemadiff::cli
