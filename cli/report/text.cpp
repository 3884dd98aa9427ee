// A plan for people: verdict first, then the steps by phase with the gates between them.
#include <algorithm>
#include <array>

#include "cli/report/report.h"

namespace schemadiff::cli {
namespace {

using engine::Phase;
using engine::Plan;
using engine::Step;

constexpr std::size_t kWidestProse = 120;
constexpr std::size_t kLongestStatement = 24;  // lines
constexpr std::size_t kMargin = 7;             // where a step's text begins, behind its id

struct Layout {
  const Terminal& terminal;
  std::size_t width;
};

Style style_of(engine::Risk risk) {
  return std::array{Style::Green, Style::Yellow, Style::Red}[static_cast<std::size_t>(risk)];
}

std::string upper(std::string_view word) {
  std::string text(word);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string paragraph(const Layout& layout, std::string_view text, Style style = Style::Plain) {
  std::string lines = wrap(text, layout.width, 0, 0);
  lines.pop_back();
  return paint(lines, style, layout.terminal) + "\n";
}

// "       why   The table is new."
std::string field(const Layout& layout, std::string_view name, std::string_view text,
                  Style style = Style::Dim) {
  const std::size_t indent = kMargin + 6;
  std::string label(name);
  label.resize(6, ' ');
  return std::string(kMargin, ' ') + paint(label, style, layout.terminal) +
         wrap(text, layout.width, indent, indent);
}

std::string ids(const Plan& plan, bool (*has)(const Step&)) {
  constexpr std::size_t kMost = 8;
  std::string text;
  std::size_t count = 0;
  for (const Step& step : plan.steps)
    if (has(step) && ++count <= kMost) text += (text.empty() ? "" : ", ") + step.id;
  if (count > kMost) text += " and " + std::to_string(count - kMost) + " more";
  return text;
}

// What a reader who stops after the first lines has to know.
std::string headline(const Layout& layout, const Plan& plan) {
  struct Fact {
    std::string_view text;
    bool (*holds)(const Step&);
  };
  static constexpr Fact kFacts[] = {
      {"Writes wait while a whole table is rewritten",
       [](const Step& s) { return s.lock.rewrites && s.lock.blocks_writes; }},
      {"Writes wait while a whole table is read",
       [](const Step& s) { return s.lock.scans && !s.lock.rewrites && s.lock.blocks_writes; }},
      {"Cannot be undone", [](const Step& s) { return s.undo.empty(); }},
      {"Rests on a definition that could not be analysed fully",
       [](const Step& s) { return s.unproven; }},
  };
  std::string text = paragraph(layout, verdict(plan), Style::Bold);
  for (const Fact& fact : kFacts)
    if (const std::string steps = ids(plan, fact.holds); !steps.empty())
      text += wrap("- " + std::string(fact.text) + ": " + steps + ".", layout.width, 2, 0);
  return text;
}

std::string_view meaning(Phase phase) {
  switch (phase) {
    case Phase::Expand:
      return "adds to the schema; the application that is deployed now keeps working";
    case Phase::Migrate:
      return "moves the data; the old and the new application both work";
    case Phase::Contract:
      break;
  }
  return "removes what the new application does not use; the old one would fail";
}

std::string gate(const Layout& layout, Phase before, Phase next) {
  std::string text;
  if (next == Phase::Migrate)
    text = "deploy the new application here; the old one may go on";
  else if (before == Phase::Migrate)
    text = "stop the old application here";
  else
    text = "deploy the new application here and stop the old one";
  return "\n" + paragraph(layout, "── " + text + " ──", Style::Yellow);
}

std::string header(const Layout& layout, Phase phase, std::size_t steps) {
  const std::string name = upper(to_string(phase));
  const std::string text = ", " + std::to_string(steps) + (steps == 1 ? " step" : " steps") + ": " +
                           std::string(meaning(phase)) + ".";
  return "\n" + paint(name, Style::Bold, layout.terminal) +
         wrap(text, layout.width, 0, display_width(name));
}

std::string sql_block(const Layout& layout, const std::string& statement) {
  const std::size_t lines =
      static_cast<std::size_t>(std::count(statement.begin(), statement.end(), '\n')) + 1;
  const std::string margin(kMargin, ' ');
  if (lines <= kLongestStatement) return prefix_lines(statement + ";", margin);
  std::size_t end = 0;
  for (std::size_t i = 0; i < kLongestStatement - 4; ++i) end = statement.find('\n', end) + 1;
  return prefix_lines(statement.substr(0, end - 1), margin) + margin +
         paint("… " + std::to_string(lines - (kLongestStatement - 4)) +
                   " more lines; --format sql shows all",
               Style::Dim, layout.terminal) +
         "\n";
}

std::string undo_in_words(const Layout& layout, const Step& step) {
  std::string text;
  if (!step.undo.empty()) {
    const std::string& first = step.undo.front();
    const std::size_t line = std::min(first.find('\n'), first.size());
    const std::size_t room = layout.width - kMargin - 10;
    text =
        first.substr(0, std::min(line, room)) + (line < first.size() || line > room ? " …" : ";");
    if (step.undo.size() > 1) text += " (and " + std::to_string(step.undo.size() - 1) + " more)";
  }
  if (!step.undo_note.empty()) text += (text.empty() ? "" : " ") + step.undo_note;
  return text.empty() ? "none" : text;
}

std::string step_text(const Layout& layout, const Step& step) {
  std::string risk(to_string(step.risk));
  risk.resize(6, ' ');
  std::string text = "\n" + step.id + "  " +
                     std::string(step.id.size() < 5 ? 5 - step.id.size() : 0, ' ') +
                     paint(risk, style_of(step.risk), layout.terminal) + "  " +
                     paint(describe(step.object), Style::Bold, layout.terminal) + "\n";
  for (const std::string& statement : step.sql) text += sql_block(layout, statement);
  if (!step.why.empty()) text += field(layout, "why", step.why);
  std::string lock = lock_in_words(step.lock);
  if (!step.in_transaction) lock += "; runs alone, outside a transaction";
  text += field(layout, "lock", lock + ".");
  for (const engine::RuleHit& hit : step.rules)
    text += field(layout, "risk", hit.message + " [" + hit.rule + "]", style_of(hit.risk));
  if (step.unproven)
    text += field(layout, "note",
                  "Rests on a definition that could not be analysed fully: look at it.");
  return text + field(layout, "undo", undo_in_words(layout, step));
}

// Steps of one transaction hold their locks until its end: readers have to see which belong
// together.
std::string transaction_line(const Layout& layout, const Plan& plan, std::size_t i) {
  const Step& step = plan.steps[i];
  if (!step.in_transaction || (i > 0 && plan.steps[i - 1].transaction == step.transaction))
    return {};
  std::size_t last = i;
  while (last + 1 < plan.steps.size() && plan.steps[last + 1].transaction == step.transaction)
    ++last;
  if (last == i) return {};
  return "\n" +
         paint("one transaction: " + step.id + " to " + plan.steps[last].id, Style::Dim,
               layout.terminal) +
         "\n";
}

std::string notes_text(const Layout& layout, const std::vector<std::string>& notes,
                       const Comparison& sides) {
  std::string text;
  for (const std::string& note : notes) text += wrap("- " + note, layout.width, 2, 0);
  for (const NotCompared& item : sides.not_compared)
    text += wrap("- " + in_words(item, sides), layout.width, 2, 0);
  return text.empty() ? text : "\n" + paint("NOTES", Style::Bold, layout.terminal) + "\n" + text;
}

}  // namespace

std::string plan_text(const PlanReport& report, const Terminal& terminal) {
  const Layout layout{terminal, std::min(terminal.width, kWidestProse)};
  const Plan& plan = report.plan;
  std::string text =
      "from  " + report.sides.from.description + "\nto    " + report.sides.to.description + "\n\n";
  text += headline(layout, plan);
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Phase phase = plan.steps[i].phase;
    if (i == 0 || plan.steps[i - 1].phase != phase) {
      if (phase != Phase::Expand)
        text += gate(layout, i ? plan.steps[i - 1].phase : Phase::Expand, phase);
      text += header(
          layout, phase,
          static_cast<std::size_t>(std::count_if(plan.steps.begin(), plan.steps.end(),
                                                 [&](const Step& s) { return s.phase == phase; })));
    }
    text += transaction_line(layout, plan, i);
    text += step_text(layout, plan.steps[i]);
  }
  return text + notes_text(layout, all_notes(plan, report.sides), report.sides);
}

}  // namespace schemadiff::cli
