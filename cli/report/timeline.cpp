// The steps of a plan from left to right, the tables that they lock from top to bottom.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/report/escape.h"
#include "cli/report/html.h"

namespace schemadiff::cli {
namespace {

using engine::Plan;
using engine::Step;

constexpr std::size_t kMostSteps = 200, kMostRelations = 25;
constexpr double kCell = 34, kRow = 22, kTop = 46, kGate = 16, kTimelineCharacter = 7.3;

std::string_view class_of(const engine::LockClaim& lock) {
  return lock.blocks_reads ? "all-wait" : lock.blocks_writes ? "writes-wait" : "goes-on";
}

// In the order in which they are first locked.
std::vector<std::string> relations_of(const Plan& plan) {
  std::vector<std::string> relations;
  const auto add = [&](const std::string& name) {
    if (std::find(relations.begin(), relations.end(), name) == relations.end())
      relations.push_back(name);
  };
  for (const Step& step : plan.steps) {
    for (const std::string& name : step.lock.relations) add(name);
    for (const engine::RelationLock& weaker : step.lock.weaker) add(weaker.relation);
  }
  return relations;
}

std::string cell(double x, double y, const Step& step, std::string_view classes,
                 const std::string& relation, const std::string& mode, bool strongest) {
  std::string text = fmt::format(
      "<rect x=\"{:.0f}\" y=\"{:.0f}\" width=\"{:.0f}\" height=\"{:.0f}\" rx=\"3\" "
      "class=\"{}\"><title>{}</title></rect>\n",
      x + 2, y + 2, kCell - 4, kRow - 4, classes,
      markup(step.id + ": " + mode + " on " + relation));
  if (strongest && (step.lock.scans || step.lock.rewrites))
    text += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n", x + kCell / 2 - 4, y + 15,
                        step.lock.rewrites ? "W" : "R");
  return text;
}

}  // namespace

std::string timeline_html(const Plan& plan) {
  std::vector<std::string> relations = relations_of(plan);
  if (relations.empty() || plan.steps.size() > kMostSteps) return {};
  const std::size_t more =
      relations.size() > kMostRelations ? relations.size() - kMostRelations : 0;
  relations.resize(relations.size() - more);
  std::map<std::string, double> rows;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < relations.size(); ++i) {
    rows[relations[i]] = kTop + kRow * static_cast<double>(i);
    longest = std::max(longest, display_width(relations[i]));
  }
  const double left = kTimelineCharacter * static_cast<double>(longest) + 20;
  const double bottom = kTop + kRow * static_cast<double>(relations.size());
  std::string text;
  for (const auto& [name, y] : rows)
    text += fmt::format("<text x=\"8\" y=\"{:.0f}\">{}</text>\n", y + 15, markup(name));
  double x = left;
  for (const PhaseSection& section : phases_of(plan)) {
    if (!section.gate.empty()) {
      text += fmt::format(
          "<line x1=\"{0:.0f}\" y1=\"4\" x2=\"{0:.0f}\" y2=\"{1:.0f}\" "
          "class=\"gate-line\"><title>{2}</title></line>\n",
          x + kGate / 2, bottom, markup(section.gate));
      x += kGate;
    }
    const std::string name(to_string(section.phase));
    text += fmt::format("<text x=\"{:.0f}\" y=\"16\" class=\"head\">{}</text>\n", x + 2, name);
    const double begin = x;
    for (std::size_t i = section.begin; i < section.end; ++i, x += kCell) {
      const Step& step = plan.steps[i];
      text += fmt::format("<text x=\"{:.0f}\" y=\"36\" class=\"label\">{}</text>\n", x + 2,
                          markup(step.id));
      for (const std::string& name_of : step.lock.relations)
        if (const auto row = rows.find(name_of); row != rows.end())
          text += cell(x, row->second, step, class_of(step.lock), name_of, step.lock.mode, true);
      for (const engine::RelationLock& weaker : step.lock.weaker)
        if (const auto row = rows.find(weaker.relation); row != rows.end())
          text += cell(x, row->second, step, "goes-on", weaker.relation, weaker.mode, false);
    }
    x = std::max(x, begin + 8 * static_cast<double>(name.size()));
  }
  const std::string label = "Locks of each step, by table. The list of steps says the same.";
  text = fmt::format(
             "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{3}\">\n"
             "<svg role=\"img\" aria-label=\"{3}\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
             "viewBox=\"0 0 {0:.0f} {1:.0f}\">\n{2}</svg>\n</div>\n",
             x + 8, bottom + 6, text, label) +
         "<ul class=\"legend\"><li><span class=\"swatch all-wait\"></span>reads and writes "
         "wait</li><li><span class=\"swatch writes-wait\"></span>writes wait</li><li><span "
         "class=\"swatch goes-on\"></span>both go on</li><li>R: the table is read, W: written "
         "anew</li></ul>\n";
  if (more)
    text +=
        element("p", std::to_string(more) + (more == 1 ? " more table is" : " more tables are") +
                         " locked by the steps below.");
  return text;
}

}  // namespace schemadiff::cli
