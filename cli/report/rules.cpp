// The pages of the rules for people at a terminal.
#include "engine/rules/rules.h"

#include <algorithm>
#include <array>

#include "cli/report/report.h"
#include "rule_pages.h"

namespace schemadiff::cli {
namespace {

constexpr std::size_t kWidestPage = 100;

struct Sentence {
  std::string_view id, text;
};

// Of what reports beside rules.
constexpr Sentence kFindings[] = {
    {"differs-object", "An object is not as the schema files define it."},
    {"extra-object", "An object is in the database and not in the schema files."},
    {"missing-object", "An object of the schema files is not in the database."},
    {"not-checked", "A database could not be checked."},
    {"not-compared", "Something is not modelled and was not compared."},
    {"not-judged", "What a statement does cannot be told from its text."},
    {"policy", "The plan is refused by the policy of schemadiff.toml."},
    {"unproven", "A definition could not be analysed fully."},
};

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::string_view next_paragraph(std::string_view& text) {
  const std::size_t end = std::min(text.find("\n\n"), text.size());
  const std::string_view paragraph = text.substr(0, end);
  text.remove_prefix(std::min(end + 2, text.size()));
  return paragraph;
}

// A page is headings, paragraphs and blocks of SQL, with an empty line between any two of them.
std::string part_text(std::string_view part, std::size_t width, const Terminal& terminal) {
  if (part.starts_with("## ")) return "\n" + paint(part.substr(3), Style::Bold, terminal) + "\n";
  if (!part.starts_with("```")) return "  " + wrap(part, width, 2, 2);
  next_line(part);
  part.remove_suffix(part.size() - part.rfind("\n```"));
  return prefix_lines(part, "    ");
}

// In a column of `width`.
std::string graded(std::string_view grade, Style style, std::size_t width,
                   const Terminal& terminal) {
  std::string word(grade);
  word.resize(std::max(word.size(), width), ' ');
  return paint(word, style, terminal);
}

std::string grade_of(const engine::RuleInfo& rule, std::size_t width, const Terminal& terminal) {
  return graded(to_string(rule.risk), style_of(rule.risk), width, terminal);
}

std::string grade_of(const engine::LintRuleInfo& rule, std::size_t width,
                     const Terminal& terminal) {
  constexpr std::array kStyles{Style::Dim, Style::Green, Style::Yellow, Style::Red};
  return graded(to_string(rule.level), kStyles[static_cast<std::size_t>(rule.level)], width,
                terminal);
}

std::string page_text(std::string_view rule, const std::string& grade, const Terminal& terminal) {
  const std::size_t width = std::min(terminal.width, kWidestPage);
  std::string text = paint(rule, Style::Bold, terminal) + "  " + grade + "\n" +
                     wrap(rule_sentence(rule), width, 0, 0);
  std::string_view page = rule_page(rule);
  next_paragraph(page);
  next_paragraph(page);
  bool spaced = true;  // a heading brings its own empty line
  while (!page.empty()) {
    const std::string_view part = next_paragraph(page);
    if (!spaced && !part.starts_with("## ")) text += '\n';
    text += part_text(part, width, terminal);
    spaced = part.starts_with("## ");
  }
  return text;
}

}  // namespace

std::string_view rule_page(std::string_view rule) {
  for (const RulePage& page : kRulePages)
    if (page.rule == rule) return page.text;
  return {};
}

std::string rule_sentence(std::string_view rule) {
  for (const Sentence& sentence : kFindings)
    if (sentence.id == rule) return std::string(sentence.text);
  std::string_view page = rule_page(rule);
  next_paragraph(page);  // the title
  std::string sentence = wrap(next_paragraph(page), std::string::npos, 0, 0);
  sentence.pop_back();
  return sentence;
}

std::string rule_text(const engine::RuleInfo& rule, const Terminal& terminal) {
  return page_text(rule.id, grade_of(rule, 0, terminal), terminal);
}

std::string rule_text(const engine::LintRuleInfo& rule, const Terminal& terminal) {
  return page_text(rule.id, grade_of(rule, 0, terminal), terminal);
}

std::string rules_text(const Terminal& terminal) {
  std::size_t longest = 0;
  for (const engine::RuleInfo& rule : engine::all_rules())
    longest = std::max(longest, rule.id.size());
  const std::size_t indent = longest + 10;
  std::string text;
  const auto add = [&](const auto& rule) {
    std::string id(rule.id);
    id.resize(longest + 2, ' ');
    text += id + grade_of(rule, 8, terminal) +
            wrap(rule_sentence(rule.id), terminal.width, indent, indent);
  };
  for (const engine::RuleInfo& rule : engine::all_rules()) add(rule);
  text += "\nOf schemadiff lint:\n";
  for (const engine::LintRuleInfo& rule : engine::all_lint_rules()) add(rule);
  return text;
}

}  // namespace schemadiff::cli
