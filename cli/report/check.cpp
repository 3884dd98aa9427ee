// What differs between a database and its files, attribute by attribute, for people.
#include <algorithm>
#include <dtl/dtl.hpp>
#include <set>
#include <sstream>

#include "cli/report/place.h"
#include "cli/report/report.h"

namespace schemadiff::cli {
namespace {

using diff::Action;
using diff::AttributeChange;
using diff::Change;

constexpr std::size_t kMargin = 11;  // where the attributes of an object begin

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string line_diff(const AttributeChange& a, const Terminal& terminal) {
  using Lines = std::vector<std::string>;
  Lines before = lines_of(a.before), after = lines_of(a.after);
  dtl::Diff<std::string, Lines> difference(before, after);
  difference.onHuge();
  difference.compose();
  difference.composeUnifiedHunks();
  std::ostringstream out;
  difference.printUnifiedFormat(out);
  std::string text;
  for (const std::string& line : lines_of(out.str())) {
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
  const bool many_lines =
      a.before.find('\n') != std::string::npos || a.after.find('\n') != std::string::npos;
  if (many_lines)
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

std::string change_text(const Change& change, const Comparison& sides, const Terminal& terminal) {
  std::string word, remark;
  Style style = Style::Yellow;
  switch (change.action) {
    case Action::Create:
      word = "missing";
      style = Style::Red;
      break;
    case Action::Drop:
      word = "extra";
      style = Style::Red;
      break;
    case Action::Alter:
      word = "differs";
      break;
    case Action::Replace:
      word = "differs";
      remark =
          change.attributes.empty() ? "would be recreated" : "would be dropped and created anew";
      break;
  }
  word.resize(7, ' ');
  std::string text =
      "  " + paint(word, style, terminal) + "  " +
      paint(engine::title(change.id, sides.from.catalog, sides.to.catalog), Style::Bold, terminal);
  if (!remark.empty()) text += ", " + remark;
  if (!change.because.empty()) {
    text += " with ";
    for (std::size_t i = 0; i < change.because.size(); ++i)
      text += (i ? ", " : "") + describe(change.because[i]);
  }
  if (const std::string place = place_of(change.id, sides.to.catalog); !place.empty())
    text += paint("  " + place, Style::Dim, terminal);
  text += "\n";
  if (change.unproven)
    text += std::string(kMargin, ' ') + "a definition could not be analysed fully: look at it\n";
  std::size_t column = 0;
  for (const AttributeChange& a : change.attributes)
    if (a.before.find('\n') == std::string::npos && a.after.find('\n') == std::string::npos)
      column = std::max(column, a.attribute.size());
  for (const AttributeChange& a : change.attributes) text += attribute_text(a, column, terminal);
  return text;
}

// The table that a child object stands on.
schema::QualifiedName table_of(const schema::ObjectId& id, const schema::Catalog& catalog) {
  if (!id.parent.empty()) return {id.schema, id.parent};
  if (const auto index = catalog.indexes.find(id); index != catalog.indexes.end())
    return index->second.table;
  if (const auto sequence = catalog.sequences.find(id); sequence != catalog.sequences.end())
    return sequence->second.owned_by.table;
  return {};
}

// What comes or goes with its table is not told apart from it.
std::vector<const Change*> without_children(const CheckReport& report) {
  std::set<std::pair<Action, schema::QualifiedName>> tables;
  for (const Change& change : report.changes)
    if (change.id.kind == schema::Kind::Table)
      tables.insert({change.action, {change.id.schema, change.id.name}});
  std::vector<const Change*> result;
  for (const Change& change : report.changes) {
    const bool gone = change.action == Action::Drop;
    const schema::QualifiedName table =
        table_of(change.id, gone ? report.sides.from.catalog : report.sides.to.catalog);
    const bool whole = gone || change.action == Action::Create;
    if (!whole || table.empty() || !tables.contains({change.action, table}))
      result.push_back(&change);
  }
  return result;
}

}  // namespace

std::string check_text(const CheckReport& report, const Terminal& terminal) {
  const Comparison& sides = report.sides;
  std::string text;
  if (report.changes.empty()) {
    text = paint("No difference:", Style::Green, terminal) + " " + sides.from.description +
           " is what " + sides.to.description + " says.\n";
  } else {
    const std::vector<const Change*> changes = without_children(report);
    const std::size_t n = changes.size();
    text = paint(std::to_string(n) + (n == 1 ? " difference:" : " differences:"), Style::Bold,
                 terminal) +
           " " + sides.from.description + " is not what " + sides.to.description + " says.\n\n";
    for (const Change* change : changes) text += change_text(*change, sides, terminal);
  }
  std::string notes;
  for (const std::string& note : sides.notes) notes += wrap("- " + note, terminal.width, 2, 0);
  for (const NotCompared& item : sides.not_compared)
    notes += wrap("- " + in_words(item, sides), terminal.width, 2, 0);
  return notes.empty() ? text : text + "\n" + paint("NOTES", Style::Bold, terminal) + "\n" + notes;
}

}  // namespace schemadiff::cli
