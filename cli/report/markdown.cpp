// A plan or a check as a comment on a pull request. Where it would be longer than a comment may be,
// it is shortened, and says so.
#include <algorithm>

#include "cli/report/escape.h"
#include "cli/report/model.h"

namespace schemadiff::cli {
namespace {

using engine::Plan;
using engine::Step;

// How much of a plan is shown.
struct Detail {
  std::size_t sql_lines = std::string::npos;  // of a step; 0: none
  bool texts = true;                          // changed bodies and the way back
  bool findings = true;
  std::size_t steps = std::string::npos;
  std::string_view note = {};  // of what was left out
};

constexpr Detail kDetails[] = {
    {},
    {40, true, true, std::string::npos, "Long statements are cut."},
    {40, false, true, std::string::npos,
     "Long statements are cut, changed bodies and the way back left out."},
    {8, false, true, std::string::npos,
     "Long statements are cut, changed bodies and the way back left out."},
    {0, false, true, std::string::npos, "All SQL is left out."},
    {0, false, false, std::string::npos,
     "All SQL is left out, and what the steps were found to be."},
    {0, false, false, 200, "Only the first 200 steps are listed, without SQL."},
    {0, false, false, 50, "Only the first 50 steps are listed, without SQL."},
    {0, false, false, 0, "Steps are left out."},
};

std::string cut_to(const std::string& text, std::size_t lines) {
  const std::size_t all = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  if (all <= lines) return text;
  std::size_t end = 0;
  for (std::size_t i = 0; i < lines; ++i) end = text.find('\n', end) + 1;
  return text.substr(0, end) + "-- … " + std::to_string(all - lines) + " more lines";
}

// In code nobody is mentioned.
std::string folded(std::string_view summary, const std::string& body) {
  return "<details><summary><code>" + markup(summary) + "</code></summary>\n\n" + body +
         "\n</details>\n\n";
}

std::string bullets(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "- " + markdown(line) + "\n";
  return text.empty() ? text : text + "\n";
}

std::string table(const std::vector<Row>& rows) {
  std::string text = "| | |\n|---|---|\n";
  for (const Row& row : rows) text += "| " + row.name + " | " + markdown(row.value) + " |\n";
  return text + "\n";
}

// The first line is how a later run finds its comment again.
std::string opening(std::string_view command, const std::string& verdict, const Comparison& sides) {
  return "<!-- schemadiff " + std::string(command) + " -->\n## " + markdown(verdict) + "\n\nFrom " +
         markdown_code(sides.from.description) + " to " + markdown_code(sides.to.description) +
         "\n\n";
}

std::string findings_text(const Step& step) {
  std::string text;
  for (const engine::RuleHit& hit : gravest_first(step.rules)) {
    text += "- " + std::string(hit.silenced.empty() ? to_string(hit.risk) : "silenced") +
            " risk: " + markdown(hit.message) + " " + markdown_code(hit.rule);
    if (!hit.silenced.empty()) text += ", because: " + markdown(hit.silenced);
    text += "\n";
  }
  if (step.unproven)
    text += "- Rests on a definition that could not be analysed fully: look at it.\n";
  if (step.undo.empty() && !step.undo_note.empty())
    text += "- Undo: " + markdown(step.undo_note) + "\n";
  return text;
}

std::string step_text(const Step& step, const Detail& detail) {
  std::string text = "**" + step.id + "** " + std::string(to_string(step.risk)) + " · " +
                     markdown_code(step.title) + " · " + markdown(step.why) + "\n";
  if (!detail.findings) return text + "\n";
  text += "- Lock: " + markdown(lock_sentence(step)) + " " + markdown(takes(step.seconds)) + "\n" +
          findings_text(step) + "\n";
  if (detail.sql_lines == 0) return text;
  std::string sql = markdown_block("sql", cut_to(script(step.sql), detail.sql_lines));
  if (!step.undo.empty()) {
    sql += "\nUndo" + (step.undo_note.empty() ? "" : ": " + markdown(step.undo_note)) + "\n" +
           markdown_block("sql", cut_to(script(step.undo), detail.sql_lines));
  }
  return text + folded("SQL of " + step.id, sql);
}

std::string transaction_text(const Plan& plan, std::size_t i) {
  const std::size_t end = transaction_end(plan, i);
  if (end == i + 1) return {};
  return "*One transaction: " + plan.steps[i].id + " to " + plan.steps[end - 1].id + "*\n\n";
}

std::string phase_text(const Plan& plan, const PhaseSection& section, const Detail& detail) {
  std::string text;
  if (!section.gate.empty())
    text += "---\n\n> **Between the phases:** " + markdown(section.gate) + "\n\n---\n\n";
  std::string name(to_string(section.phase));
  name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
  const std::size_t steps = section.end - section.begin;
  text += "### " + name + ": " + std::to_string(steps) + (steps == 1 ? " step" : " steps") +
          "\n\n" + markdown(meaning(section.phase)) + "\n\n";
  for (std::size_t i = section.begin; i < std::min(section.end, detail.steps); ++i)
    text += transaction_text(plan, i) + step_text(plan.steps[i], detail);
  return text;
}

std::string text_changes_text(const std::vector<TextChange>& changes) {
  std::string text;
  for (const TextChange& change : changes) {
    std::string diff;
    for (const std::string& line : change.lines) diff += line + "\n";
    text += folded(change.object + ", " + change.attribute, markdown_block("diff", diff));
  }
  return text.empty() ? text : "### Changed texts\n\n" + text;
}

std::string section(std::string_view title, const std::string& body) {
  return body.empty() ? body : "### " + std::string(title) + "\n\n" + body;
}

std::string plan_at(const PlanReport& report, const std::vector<TextChange>& changes,
                    const Detail& detail) {
  const Plan& plan = report.plan;
  std::string text = opening("plan", verdict(plan), report.sides);
  for (const std::string& refusal : refusals(plan, report.sides.policy))
    text += "> **Refused.** " + markdown(refusal) + "\n\n";
  if (!detail.note.empty())
    text += "> **Shortened** to fit into a comment. " + std::string(detail.note) +
            " `--format html` or `text` shows all.\n\n";
  text += bullets(headline(report));
  if (!plan.steps.empty()) text += table(summary(plan));
  for (const PhaseSection& phase : phases_of(plan)) text += phase_text(plan, phase, detail);
  if (detail.texts) {
    text += text_changes_text(changes);
    if (!plan.steps.empty())
      text += section("The way back", folded("All undo statements, the last step first",
                                             markdown_block("sql", way_back(plan))));
  }
  return text + section("Notes", bullets(remarks(plan, report.sides)));
}

std::string difference_text(const Difference& difference) {
  std::string text = "**" + std::string(difference.word) + "** " +
                     markdown_code(difference.object) + markdown(difference.remark);
  if (!difference.place.empty()) text += " · " + markdown_code(difference.place);
  if (!difference.allowed.empty()) text += " · allowed: " + markdown(difference.allowed);
  text += "\n\n";
  if (!difference.moved.empty()) text += markdown(difference.moved) + "\n\n";
  if (difference.change->unproven)
    text += "A definition could not be analysed fully: look at it.\n\n";
  if (!difference.definition.empty()) {
    constexpr std::size_t kMostLines = 40;
    std::string sql;
    for (const std::string& line : first_lines(difference.definition, kMostLines))
      sql += line + "\n";
    text += folded(difference.word == "missing" ? "What is missing" : "What is there",
                   markdown_block("sql", sql));
  }
  std::string rows, texts;
  for (const diff::AttributeChange& a : difference.change->attributes) {
    const auto cell = [](const std::string& value) {
      return value.empty() ? std::string("none") : markdown_code(value);
    };
    if (!has_many_lines(a)) {
      rows +=
          "| " + markdown(a.attribute) + " | " + cell(a.before) + " | " + cell(a.after) + " |\n";
      continue;
    }
    std::string diff;
    for (const std::string& line : unified_diff(a)) diff += line + "\n";
    texts += folded(a.attribute, markdown_block("diff", diff));
  }
  if (!rows.empty()) text += "| | is | shall be |\n|---|---|---|\n" + rows + "\n";
  return text + texts;
}

// A whole number of characters, with an end that is no part of a block.
std::string within_comment(std::string text) {
  if (text.size() <= kLongestComment) return text;
  const std::string note =
      "\n\n> **Shortened** to fit into a comment. `--format html` or `text` shows all.\n";
  const std::size_t end = text.rfind("\n**", kLongestComment - note.size());
  return text.substr(0, end) + note;
}

}  // namespace

std::string plan_markdown(const PlanReport& report) {
  const std::vector<TextChange> changes = text_changes(changes_of(report.sides), report.sides);
  std::string text;
  for (const Detail& detail : kDetails) {
    text = plan_at(report, changes, detail);
    if (text.size() <= kLongestComment) return text;
  }
  return within_comment(std::move(text));
}

std::string differences_markdown(const CheckReport& report) {
  std::string text;
  for (const Difference& difference : differences(report)) text += difference_text(difference);
  return text;
}

std::string check_markdown(const CheckReport& report) {
  const std::string text =
      opening("check", verdict(report), report.sides) + differences_markdown(report);
  return within_comment(text + section("Notes", bullets(remarks(report.sides))));
}

}  // namespace schemadiff::cli
