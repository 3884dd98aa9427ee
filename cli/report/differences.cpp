// What differs between two sides, in words.
#include <algorithm>
#include <dtl/dtl.hpp>
#include <set>
#include <sstream>

#include "cli/report/model.h"
#include "cli/report/place.h"
#include "cli/report/query_lines.h"

namespace schemadiff::cli {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

namespace {

using diff::Action;
using diff::AttributeChange;
using diff::Change;

// The table that a child object stands on.
schema::QualifiedName table_of(const schema::ObjectId& id, const schema::Catalog& catalog) {
  if (!id.parent.empty()) return {id.schema, id.parent};
  if (const auto index = catalog.indexes.find(id); index != catalog.indexes.end())
    return index->second.table;
  if (const auto sequence = catalog.sequences.find(id); sequence != catalog.sequences.end())
    return sequence->second.owned_by.table;
  return {};
}

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

std::string remark_of(const Change& change) {
  std::string remark;
  if (change.action == Action::Replace)
    remark =
        change.attributes.empty() ? ", would be recreated" : ", would be dropped and created anew";
  for (std::size_t i = 0; i < change.because.size(); ++i)
    remark += (i ? ", " : " with ") + describe(change.because[i]);
  return remark;
}

// A query is printed in one line, however long.
std::vector<std::string> attribute_lines(const AttributeChange& change, const std::string& text) {
  return change.attribute == "query" ? query_lines(text) : lines_of(text);
}

}  // namespace

bool has_many_lines(const AttributeChange& change) {
  return attribute_lines(change, change.before).size() > 1 ||
         attribute_lines(change, change.after).size() > 1;
}

std::vector<std::string> unified_diff(const AttributeChange& change) {
  using Lines = std::vector<std::string>;
  Lines before = attribute_lines(change, change.before),
        after = attribute_lines(change, change.after);
  dtl::Diff<std::string, Lines> difference(before, after);
  difference.onHuge();
  difference.compose();
  difference.composeUnifiedHunks();
  std::ostringstream out;
  difference.printUnifiedFormat(out);
  return lines_of(out.str());
}

std::vector<TextChange> text_changes(const std::vector<Change>& changes, const Comparison& sides) {
  static const std::set<std::string> kTexts{"body", "SQL body", "query"};
  std::vector<TextChange> result;
  for (const Change& change : changes)
    for (const AttributeChange& attribute : change.attributes)
      if (has_many_lines(attribute) || kTexts.contains(attribute.attribute))
        result.push_back({engine::title(change.id, sides.from.catalog, sides.to.catalog),
                          attribute.attribute, unified_diff(attribute)});
  return result;
}

std::vector<std::string> remarks(const Comparison& sides) { return remarks({}, sides); }

std::vector<Difference> differences(const CheckReport& report) {
  std::vector<Difference> result;
  for (const Change* change : without_children(report)) {
    const std::string_view word = change->action == Action::Create ? "missing"
                                  : change->action == Action::Drop ? "extra"
                                                                   : "differs";
    const auto i = static_cast<std::size_t>(change - report.changes.data());
    result.push_back(
        {change, word,
         engine::title(change->id, report.sides.from.catalog, report.sides.to.catalog),
         remark_of(*change), place_of(change->id, report.sides.to.catalog),
         allowed(*change, report.sides.policy),
         report.last ? moved_in_words(*change, report.movements[i], *report.last) : std::string(),
         word == "missing" ? definition_lines(change->id, report.sides.to.catalog)
         : word == "extra" ? definition_lines(change->id, report.sides.from.catalog)
                           : std::vector<std::string>()});
  }
  return result;
}

bool is_drift(const CheckReport& report) {
  return std::any_of(report.changes.begin(), report.changes.end(), [&](const Change& change) {
    return allowed(change, report.sides.policy).empty();
  });
}

std::string verdict(const CheckReport& report) {
  const std::size_t n = differences(report).size();
  const std::string from = report.sides.from.description, to = report.sides.to.description;
  if (n == 0) return "No difference: " + from + " is what " + to + " says.";
  return std::to_string(n) + (n == 1 ? " difference: " : " differences: ") + from +
         " is not what " + to + " says.";
}

}  // namespace schemadiff::cli
