// What differs between a database and its files, attribute by attribute, for people.
#include <algorithm>

#include "cli/report/model.h"

namespace schemadiff::cli {
namespace {

using diff::AttributeChange;

constexpr std::size_t kMargin = 11;            // where the attributes of an object begin
constexpr std::size_t kMostOfDefinition = 12;  // of a definition

std::string line_diff(const AttributeChange& a, const Terminal& terminal) {
  std::string text;
  for (const std::string& line : unified_diff(a)) {
    const Style style = line.starts_with('-')   ? Style::Red
                        : line.starts_with('+') ? Style::Green
                        : line.starts_with('@') ? Style::Dim
                                                : Style::Plain;
    text += std::string(kMargin + 2, ' ') + paint(line, style, terminal) + "\n";
  }
  return text;
}

std::string shown(const std::string& value) { return value.empty() ? "(none)" : value; }

std::string attribute_text(const AttributeChange& a, std::size_t column, const Terminal& terminal) {
  std::string name = a.attribute;
  if (has_many_lines(a))
    return std::string(kMargin, ' ') + paint(name, Style::Dim, terminal) + "\n" +
           line_diff(a, terminal);
  name.resize(column, ' ');
  const std::size_t indent = kMargin + column + 2;
  const std::string before = shown(a.before), after = shown(a.after);
  const bool fits = indent + display_width(before) + display_width(after) + 4 <=
                    std::max<std::size_t>(terminal.width, 60);
  return std::string(kMargin, ' ') + paint(name, Style::Dim, terminal) + "  " +
         paint(before, Style::Red, terminal) +
         (fits ? " → " : "\n" + std::string(indent - 2, ' ') + "→ ") +
         paint(after, Style::Green, terminal) + "\n";
}

std::string change_text(const Difference& difference, const Terminal& terminal) {
  std::string word(difference.word);
  word.resize(7, ' ');
  std::string text =
      "  " + paint(word, difference.word == "differs" ? Style::Yellow : Style::Red, terminal) +
      "  " + paint(difference.object, Style::Bold, terminal);
  text += difference.remark;
  if (!difference.place.empty()) text += paint("  " + difference.place, Style::Dim, terminal);
  text += "\n";
  if (!difference.allowed.empty())
    text += std::string(kMargin, ' ') + "allowed: " + difference.allowed + "\n";
  if (!difference.moved.empty())
    text += std::string(kMargin, ' ') + wrap(difference.moved, terminal.width, kMargin, kMargin);
  if (difference.change->unproven)
    text += std::string(kMargin, ' ') + "a definition could not be analysed fully: look at it\n";
  const bool missing = difference.word == "missing";
  for (const std::string& line : first_lines(difference.definition, kMostOfDefinition))
    text += std::string(kMargin, ' ') +
            paint((missing ? "+ " : "- ") + line, missing ? Style::Green : Style::Red, terminal) +
            "\n";
  const std::vector<AttributeChange>& attributes = difference.change->attributes;
  std::size_t column = 0;
  for (const AttributeChange& a : attributes)
    if (!has_many_lines(a)) column = std::max(column, a.attribute.size());
  for (const AttributeChange& a : attributes) text += attribute_text(a, column, terminal);
  return text;
}

}  // namespace

std::string differences_text(const CheckReport& report, const Terminal& terminal) {
  std::string text;
  for (const Difference& difference : differences(report))
    text += change_text(difference, terminal);
  return text;
}

std::string check_text(const CheckReport& report, const Terminal& terminal) {
  const std::string words = verdict(report);
  const std::size_t colon = words.find(':');
  std::string text = paint(words.substr(0, colon + 1),
                           report.changes.empty() ? Style::Green : Style::Bold, terminal) +
                     words.substr(colon + 1) + "\n";
  if (!report.changes.empty()) text += "\n";
  text += differences_text(report, terminal);
  std::string notes;
  for (const std::string& note : remarks(report.sides))
    notes += wrap("- " + note, terminal.width, 2, 0);
  return notes.empty() ? text : text + "\n" + paint("NOTES", Style::Bold, terminal) + "\n" + notes;
}

}  // namespace schemadiff::cli
