// A plan for people: verdict first, then the steps by phase with the gates between them.
#include <algorithm>

#include "cli/report/model.h"

namespace schemadiff::cli {
namespace {

using engine::Plan;
using engine::Step;

constexpr std::size_t kWidestProse = 120;
constexpr std::size_t kLongestStatement = 24;  // lines
constexpr std::size_t kStepMargin = 7;         // where a step's text begins, behind its id

struct PlanLayout {
  const Terminal& terminal;
  std::size_t width;
};

std::string upper(std::string_view word) {
  std::string text(word);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string paragraph(const PlanLayout& layout, std::string_view text, Style style = Style::Plain) {
  std::string lines = wrap(text, layout.width, 0, 0);
  lines.pop_back();
  return paint(lines, style, layout.terminal) + "\n";
}

// "       why   The table is new."
std::string field(const PlanLayout& layout, std::string_view name, std::string_view text,
                  Style style = Style::Dim) {
  const std::size_t indent = kStepMargin + 6;
  std::string label(name);
  label.resize(6, ' ');
  return std::string(kStepMargin, ' ') + paint(label, style, layout.terminal) +
         wrap(text, layout.width, indent, indent);
}

std::string headline_text(const PlanLayout& layout, const PlanReport& report) {
  std::string text = paragraph(layout, verdict(report.plan), Style::Bold);
  for (const std::string& refusal : refusals(report.plan, report.sides.policy))
    text += paragraph(layout, "Refused. " + refusal, Style::Red);
  for (const std::string& fact : headline(report)) text += wrap("- " + fact, layout.width, 2, 0);
  return text;
}

std::string header(const PlanLayout& layout, const PhaseSection& section) {
  std::string text;
  if (!section.gate.empty())
    text = "\n" + paragraph(layout, "── " + section.gate + " ──", Style::Yellow);
  const std::string name = upper(to_string(section.phase));
  const std::size_t steps = section.end - section.begin;
  const std::string rest = ", " + std::to_string(steps) + (steps == 1 ? " step" : " steps") + ": " +
                           std::string(meaning(section.phase)) + ".";
  return text + "\n" + paint(name, Style::Bold, layout.terminal) +
         wrap(rest, layout.width, 0, display_width(name));
}

// A long line broken at blanks outside of quotes, which leaves it the same SQL. Texts with dollar
// quotes or comments stay as they are.
std::string fold(const std::string& line, std::size_t width) {
  std::string result, rest = line;
  const std::size_t indent = line.find_first_not_of(' ') + 4;
  while (display_width(rest) > width) {
    char quote = '\0';
    std::size_t best = 0, column = 0;
    for (std::size_t i = 0; i < rest.size() && (column <= width || best == 0); ++i) {
      const char c = rest[i];
      if (quote)
        quote = c == quote ? '\0' : quote;
      else if (c == '\'' || c == '"')
        quote = c;
      else if (c == ' ' && i >= indent)
        best = i;
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++column;
    }
    if (best == 0) break;
    result += rest.substr(0, best) + "\n";
    rest = std::string(indent, ' ') + rest.substr(best + 1);
  }
  return result + rest;
}

std::string folded(const std::string& statement, std::size_t width) {
  if (statement.find('$') != std::string::npos || statement.find("--") != std::string::npos)
    return statement;
  std::string result;
  for (std::size_t at = 0; at <= statement.size();) {
    const std::size_t end = std::min(statement.find('\n', at), statement.size());
    const std::string line = statement.substr(at, end - at);
    // A quote that is open at the end of the line goes on in the next one.
    if (std::count(line.begin(), line.end(), '\'') % 2 != 0) return statement;
    result += (at ? "\n" : "") + fold(line, width);
    at = end + 1;
  }
  return result;
}

std::string sql_block(const PlanLayout& layout, const std::string& sql) {
  const std::string margin(kStepMargin + 2, ' ');
  const std::string statement = folded(sql + ";", layout.width - margin.size());
  const std::size_t lines =
      static_cast<std::size_t>(std::count(statement.begin(), statement.end(), '\n')) + 1;
  if (lines <= kLongestStatement) return prefix_lines(statement, margin);
  constexpr std::size_t kShown = kLongestStatement - 4;
  std::size_t end = 0;
  for (std::size_t i = 0; i < kShown; ++i) end = statement.find('\n', end) + 1;
  return prefix_lines(statement.substr(0, end - 1), margin) + margin +
         paint("… " + std::to_string(lines - kShown) + " more lines; --format sql shows all",
               Style::Dim, layout.terminal) +
         "\n";
}

// The statement without its layout, cut where it would take more than `width` columns.
std::string shortened_statement(const std::string& statement, std::size_t width) {
  std::string line = wrap(statement, std::string::npos, 0, 0);
  line.pop_back();
  if (display_width(line) <= width) return line + ";";
  const std::size_t end = line.rfind(' ', width - 2);
  return line.substr(0, end) + " …";
}

std::string undo_text(const PlanLayout& layout, const Step& step) {
  if (step.undo.empty())
    return field(layout, "undo", step.undo_note.empty() ? "none" : step.undo_note);
  std::string more;
  if (step.undo.size() > 1) more = " and " + std::to_string(step.undo.size() - 1) + " more";
  const std::size_t room = 2 * (layout.width - kStepMargin - 6) - more.size() - 12;
  const std::string text =
      field(layout, "undo", shortened_statement(step.undo.front(), room) + more);
  if (step.undo_note.empty()) return text;
  return text + std::string(kStepMargin + 6, ' ') +
         wrap(step.undo_note, layout.width, kStepMargin + 6, kStepMargin + 6);
}

std::string step_text(const PlanLayout& layout, const Step& step) {
  std::string risk(to_string(step.risk));
  risk.resize(6, ' ');
  std::string text = "\n" + step.id + "  " +
                     std::string(step.id.size() < 5 ? 5 - step.id.size() : 0, ' ') +
                     paint(risk, style_of(step.risk), layout.terminal) + "  " +
                     paint(step.title, Style::Bold, layout.terminal) + "\n";
  if (!step.why.empty())
    text += std::string(kStepMargin, ' ') + wrap(step.why, layout.width, kStepMargin, kStepMargin);
  for (const std::string& statement : step.sql) text += sql_block(layout, statement);
  text += field(layout, "lock", lock_sentence(step));
  for (const engine::RuleHit& hit : gravest_first(step.rules))
    if (hit.silenced.empty())
      text += field(layout, "risk", hit.message + " [" + hit.rule + "]", style_of(hit.risk));
    else
      text += field(layout, "risk",
                    hit.message + " [" + hit.rule + ", silenced: " + hit.silenced + "]");
  if (step.unproven)
    text += field(layout, "note",
                  "Rests on a definition that could not be analysed fully: look at it.");
  return text + undo_text(layout, step);
}

// Steps of one transaction hold their locks until its end: readers have to see which belong
// together.
std::string transaction_line(const PlanLayout& layout, const Plan& plan, std::size_t i) {
  const std::size_t end = transaction_end(plan, i);
  if (end == i + 1) return {};
  return "\n" +
         paint("one transaction: " + plan.steps[i].id + " to " + plan.steps[end - 1].id, Style::Dim,
               layout.terminal) +
         "\n";
}

std::string notes_text(const PlanLayout& layout, const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes) text += wrap("- " + note, layout.width, 2, 0);
  return text.empty() ? text : "\n" + paint("NOTES", Style::Bold, layout.terminal) + "\n" + text;
}

}  // namespace

std::string plan_text(const PlanReport& report, const Terminal& terminal) {
  const PlanLayout layout{terminal, std::min(terminal.width, kWidestProse)};
  const Plan& plan = report.plan;
  std::string text =
      "from  " + report.sides.from.description + "\nto    " + report.sides.to.description + "\n\n";
  text += headline_text(layout, report);
  for (const PhaseSection& section : phases_of(plan)) {
    text += header(layout, section);
    for (std::size_t i = section.begin; i < section.end; ++i)
      text += transaction_line(layout, plan, i) + step_text(layout, plan.steps[i]);
  }
  return text + notes_text(layout, remarks(plan, report.sides));
}

}  // namespace schemadiff::cli
