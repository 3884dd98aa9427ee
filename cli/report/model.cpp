// The facts of a plan in words.
#include "cli/report/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace schemadiff::cli {
namespace {

using engine::Phase;
using engine::Plan;
using engine::Risk;
using engine::Step;

// "s003 (public.orders), s007"; the relations where the lock is the point.
std::string mentions(const Plan& plan, bool (*has)(const Step&), bool with_relations) {
  constexpr std::size_t kMost = 6;
  std::string text;
  std::size_t count = 0;
  for (const Step& step : plan.steps) {
    if (!has(step) || ++count > kMost) continue;
    text += (text.empty() ? "" : ", ") + step.id;
    if (with_relations && !step.lock.relations.empty())
      text += " (" + step.lock.relations.front() + ")";
  }
  if (count > kMost) text += " and " + std::to_string(count - kMost) + " more";
  return text;
}

bool loses_data(const Step& step) {
  return !step.undo.empty() && !step.undo_note.empty() && step.risk == Risk::High;
}

std::string gate_before(Phase before, Phase next) {
  if (next == Phase::Expand) return {};
  if (next == Phase::Migrate) return "deploy the new application here; the old one may go on";
  if (before == Phase::Migrate) return "stop the old application here";
  return "deploy the new application here and stop the old one";
}

// "ACCESS EXCLUSIVE: 4 steps; SHARE UPDATE EXCLUSIVE: 2 steps", the strongest first.
std::string locks_in_words(const Plan& plan) {
  static constexpr const char* kStrongestFirst[] = {
      "ACCESS EXCLUSIVE",       "EXCLUSIVE",     "SHARE ROW EXCLUSIVE", "SHARE",
      "SHARE UPDATE EXCLUSIVE", "ROW EXCLUSIVE", "ROW SHARE",           "ACCESS SHARE"};
  std::map<std::string, std::size_t> counts;
  for (const Step& step : plan.steps)
    if (!step.lock.mode.empty()) ++counts[step.lock.mode];
  std::string text;
  for (const char* mode : kStrongestFirst)
    if (const auto found = counts.find(mode); found != counts.end())
      text += (text.empty() ? "" : "; ") + found->first + " in " + std::to_string(found->second) +
              (found->second == 1 ? " step" : " steps");
  return text.empty() ? "none on what is there" : text;
}

std::string hold_in_words(const Plan& plan) {
  if (!plan.longest_hold) return "nobody waits";
  std::string text = in_words(*plan.longest_hold);
  return text.substr(0, text.size() - 1);
}

std::string time_in_words(const Plan& plan) {
  double total = 0;
  std::vector<std::string> unknown;
  for (const Step& step : plan.steps)
    if (step.seconds)
      total += *step.seconds;
    else
      unknown.push_back(step.id);
  std::string text = duration(total);
  if (unknown.empty()) return text;
  constexpr std::size_t kMost = 6;
  text += ", and as long as the tables take in ";
  for (std::size_t i = 0; i < std::min(kMost, unknown.size()); ++i)
    text += (i ? ", " : "") + unknown[i];
  if (unknown.size() > kMost) text += " and " + std::to_string(unknown.size() - kMost) + " more";
  return text + ", of which no size is known";
}

std::string data_in_words(const Plan& plan) {
  constexpr std::size_t kMost = 4;
  std::string text;
  std::size_t count = 0;
  for (const Step& step : plan.steps) {
    if (!loses_data(step) || ++count > kMost) continue;
    const std::vector<engine::RuleHit> hits = gravest_first(step.rules);
    text += (text.empty() ? "" : "; ") + step.title + " (" + step.id + ")";
    if (!hits.empty())
      text += ": " + hits.front().message.substr(0, hits.front().message.size() - 1);
  }
  if (count > kMost) text += "; and " + std::to_string(count - kMost) + " more";
  return text.empty() ? "none" : text;
}

}  // namespace

std::string_view meaning(Phase phase) {
  switch (phase) {
    case Phase::Expand:
      return "adds; the application that is deployed now keeps working";
    case Phase::Migrate:
      return "moves the data; the old and the new application both work";
    case Phase::Contract:
      break;
  }
  return "removes and tightens; only the new application works from here on";
}

std::vector<PhaseSection> phases_of(const Plan& plan) {
  std::vector<PhaseSection> sections;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Phase phase = plan.steps[i].phase;
    if (sections.empty() || sections.back().phase != phase)
      sections.push_back(
          {phase, gate_before(sections.empty() ? Phase::Expand : sections.back().phase, phase), i,
           i});
    sections.back().end = i + 1;
  }
  return sections;
}

std::vector<std::string> headline(const PlanReport& report) {
  const Plan& plan = report.plan;
  struct Fact {
    std::string_view text;
    bool (*holds)(const Step&);
    bool is_lock;
  };
  static constexpr Fact kFacts[] = {
      {"Writes wait while a whole table is rewritten",
       [](const Step& s) { return s.lock.rewrites && s.lock.blocks_writes; }, true},
      {"Writes wait while a whole table is read",
       [](const Step& s) { return s.lock.scans && !s.lock.rewrites && s.lock.blocks_writes; },
       true},
      {"The way back does not restore everything", loses_data, false},
      {"Cannot be undone", [](const Step& s) { return !s.reversible; }, false},
      {"Rests on a definition that could not be analysed fully",
       [](const Step& s) { return s.unproven; }, false},
  };
  std::vector<std::string> facts;
  if (plan.longest_hold) facts.push_back(in_words(*plan.longest_hold));
  for (const Fact& fact : kFacts)
    if (const std::string steps = mentions(plan, fact.holds, fact.is_lock); !steps.empty())
      facts.push_back(std::string(fact.text) + ": " + steps + ".");
  if (const std::string approvals = approvals_in_words(plan, report.sides.policy);
      !approvals.empty())
    facts.push_back(approvals);
  if (report.proof)
    for (std::string& sentence : in_words(*report.proof)) facts.push_back(std::move(sentence));
  return facts;
}

std::size_t transaction_end(const Plan& plan, std::size_t i) {
  const Step& step = plan.steps[i];
  if (!step.in_transaction || (i > 0 && plan.steps[i - 1].transaction == step.transaction))
    return i + 1;
  std::size_t end = i + 1;
  while (end < plan.steps.size() && plan.steps[end].transaction == step.transaction) ++end;
  return end;
}

std::vector<engine::RuleHit> gravest_first(std::vector<engine::RuleHit> hits) {
  const auto weight = [](const engine::RuleHit& hit) {
    return hit.silenced.empty() ? 1 + static_cast<int>(hit.risk) : 0;
  };
  std::stable_sort(hits.begin(), hits.end(),
                   [&](const auto& a, const auto& b) { return weight(a) > weight(b); });
  return hits;
}

std::string lock_sentence(const Step& step) {
  return lock_in_words(step.lock) +
         (step.in_transaction ? "." : "; runs alone, outside a transaction.");
}

std::string takes(const std::optional<double>& seconds) {
  if (!seconds) return "How long it takes is not known.";
  return "Takes " + duration(seconds) + ".";
}

std::string duration(const std::optional<double>& seconds) {
  if (!seconds) return "unknown";
  if (*seconds < 0.1) return "a moment";
  if (*seconds < 120) return fmt::format("about {:.{}f} s", *seconds, *seconds < 10 ? 1 : 0);
  return fmt::format("about {:.0f} min", *seconds / 60);
}

std::vector<Row> summary(const Plan& plan) {
  std::string gates;
  for (const PhaseSection& section : phases_of(plan))
    if (!section.gate.empty())
      gates += (gates.empty() ? "before " : "; before ") + plan.steps[section.begin].id + ": " +
               section.gate;
  return {{"Steps", std::to_string(plan.steps.size())},
          {"Risk", std::string(to_string(plan.risk))},
          {"Locks", locks_in_words(plan)},
          {"Longest hold", hold_in_words(plan)},
          {"Estimated time", time_in_words(plan)},
          {"Data at stake", data_in_words(plan)},
          {"Gates", gates.empty() ? "none" : gates}};
}

std::string script(const std::vector<std::string>& statements) {
  std::string text;
  for (const std::string& statement : statements)
    text += (text.empty() ? "" : "\n") + statement + ";";
  return text;
}

std::string way_back(const Plan& plan) {
  std::string text;
  for (auto step = plan.steps.rbegin(); step != plan.steps.rend(); ++step) {
    if (step->undo.empty() && step->undo_note.empty()) continue;
    text += prefix_lines(
        step->id + ", " + step->title + (step->undo_note.empty() ? "" : ": " + step->undo_note),
        "-- ");
    if (!step->undo.empty()) text += script(step->undo) + "\n";
  }
  return text;
}

std::vector<std::string> remarks(const Plan& plan, const Comparison& sides) {
  std::vector<std::string> lines = all_notes(plan, sides);
  for (const NotCompared& item : sides.not_compared) lines.push_back(in_words(item, sides));
  return lines;
}

}  // namespace schemadiff::cli
