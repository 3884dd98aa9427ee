// The pages of the rules for people at a terminal.
#include "engine/rules/rules.h"

#include <algorithm>

#include "cli/report/report.h"
#include "rule_pages.h"

namespace schemadiff::cli {
namespace {

constexpr std::size_t kWidestProse = 100;

std::string_view page_of(std::string_view rule) {
  for (const RulePage& page : kRulePages)
    if (page.rule == rule) return page.text;
  return {};
}

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

std::string risk_text(engine::Risk risk, std::size_t width, const Terminal& terminal) {
  std::string word(to_string(risk));
  word.resize(std::max(word.size(), width), ' ');
  return paint(word, style_of(risk), terminal);
}

}  // namespace

std::string rule_sentence(std::string_view rule) {
  std::string_view page = page_of(rule);
  next_paragraph(page);  // the title
  std::string sentence = wrap(next_paragraph(page), std::string::npos, 0, 0);
  sentence.pop_back();
  return sentence;
}

std::string rule_text(const engine::RuleInfo& rule, const Terminal& terminal) {
  const std::size_t width = std::min(terminal.width, kWidestProse);
  std::string text = paint(rule.id, Style::Bold, terminal) + "  " +
                     risk_text(rule.risk, 0, terminal) + "\n" +
                     wrap(rule_sentence(rule.id), width, 0, 0);
  std::string_view page = page_of(rule.id);
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

std::string rules_text(const Terminal& terminal) {
  std::size_t longest = 0;
  for (const engine::RuleInfo& rule : engine::all_rules())
    longest = std::max(longest, rule.id.size());
  const std::size_t indent = longest + 10;
  std::string text;
  for (const engine::RuleInfo& rule : engine::all_rules()) {
    std::string id(rule.id);
    id.resize(longest + 2, ' ');
    text += id + risk_text(rule.risk, 8, terminal) +
            wrap(rule_sentence(rule.id), terminal.width, indent, indent);
  }
  return text;
}

}  // namespace schemadiff::cli
