#include "engine/suggestions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "engine/lower/lower.h"
#include "engine/renames.h"

namespace schemadiff::engine {

using namespace schema;
using diff::Action;
using diff::Change;

namespace {

constexpr double kColumnThreshold = 0.5;
constexpr double kTableThreshold = 0.7;

// 1: the same; 0: nothing in common. A name that is part of the other is near.
double similarity(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
      diagonal = above;
    }
  }
  const double edits = static_cast<double>(row.back());
  const double longest = static_cast<double>(std::max({a.size(), b.size(), std::size_t{1}}));
  const bool contains = a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos;
  return std::max(1 - edits / longest, contains ? 0.75 : 0.0);
}

double place_of(const Table& table, const Column& column) {
  return static_cast<double>(&column - table.columns.data()) /
         static_cast<double>(table.columns.size());
}

// Columns of one type only; by name first, then by place, default and whether it may be NULL.
double column_score(const Table& before, const Column& old_column, const Table& after,
                    const Column& new_column) {
  const double apart = std::abs(place_of(before, old_column) - place_of(after, new_column));
  return 0.6 * similarity(old_column.name, new_column.name) + 0.2 * (1 - apart) +
         (old_column.default_value == new_column.default_value ? 0.1 : 0) +
         (old_column.not_null == new_column.not_null ? 0.1 : 0);
}

// The share of columns with the same name and type on both sides, and the name.
double table_score(const Table& before, const Table& after) {
  std::set<std::pair<std::string, TypeName>> all, common;
  for (const Column& column : before.columns) all.emplace(column.name, column.type);
  for (const Column& column : after.columns)
    if (!all.emplace(column.name, column.type).second) common.emplace(column.name, column.type);
  if (all.empty()) return 0;
  return 0.8 * static_cast<double>(common.size()) / static_cast<double>(all.size()) +
         0.2 * similarity(before.id.name, after.id.name);
}

struct Candidate {
  double score;
  ObjectId before, after;
};

// The best pairs, each object in one.
std::vector<Candidate> matched(std::vector<Candidate> pairs) {
  std::sort(pairs.begin(), pairs.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(b.score, a.before, a.after) < std::tie(a.score, b.before, b.after);
  });
  std::set<ObjectId> taken;
  std::erase_if(pairs, [&](const Candidate& pair) {
    const bool again = taken.contains(pair.before) || taken.contains(pair.after);
    if (!again) taken.insert({pair.before, pair.after});
    return again;
  });
  std::sort(pairs.begin(), pairs.end(),
            [](const Candidate& a, const Candidate& b) { return a.after < b.after; });
  return pairs;
}

std::vector<Candidate> columns_of(const QualifiedName& name, const std::vector<ObjectId>& ids,
                                  const Context& context) {
  const Table* before = context.from.table(name);
  const Table* after = context.to.table(name);
  std::vector<Candidate> pairs;
  if (!before || !after) return pairs;
  const auto has = [&](const ObjectId& id, Action action) {
    return id.kind == Kind::Column && context.change(id)->action == action;
  };
  for (const ObjectId& gone : ids) {
    if (!has(gone, Action::Drop) || context.renamed_to.contains(gone)) continue;
    for (const ObjectId& made : ids) {
      if (!has(made, Action::Create) || context.renamed_from.contains(made)) continue;
      const Column& old_column = *before->find(gone.name);
      const Column& new_column = *after->find(made.name);
      if (!rename_obstacle(*after, old_column, new_column, context).empty()) continue;
      const double score = column_score(*before, old_column, *after, new_column);
      if (score >= kColumnThreshold) pairs.push_back({score, gone, made});
    }
  }
  return matched(std::move(pairs));
}

std::vector<Candidate> tables_of(const Context& context) {
  std::vector<const Table*> gone, made;
  for (const Change& change : context.changes) {
    if (change.id.kind != Kind::Table || context.own_objects.contains(change.id)) continue;
    if (change.action == Action::Drop) gone.push_back(&context.from.tables.at(change.id));
    if (change.action == Action::Create) made.push_back(&context.to.tables.at(change.id));
  }
  std::vector<Candidate> pairs;
  for (const Table* before : gone)
    for (const Table* after : made)
      if (const double score = table_score(*before, *after); score >= kTableThreshold)
        pairs.push_back({score, before->id, after->id});
  return matched(std::move(pairs));
}

}  // namespace

std::vector<std::string> suggest_renames(const Context& context) {
  std::vector<std::string> notes;
  for (const auto& [table, ids] : context.changes_by_table)
    for (const Candidate& pair : columns_of(table, ids, context))
      notes.push_back(fmt::format(
          "The new {} looks like a rename of {} (score {:.2f}), whose values are lost: if it is "
          "one, write beside it: -- schemadiff: renamed_from={}",
          describe(pair.after), quote_identifier(pair.before.name), pair.score, pair.before.name));
  for (const Candidate& pair : tables_of(context))
    notes.push_back(fmt::format(
        "The new {} looks like a rename of {} (score {:.2f}), whose rows are lost: if it is one, "
        "write above it: -- schemadiff: renamed_from={}.{}",
        describe(pair.after), sql_name(pair.before), pair.score, pair.before.schema,
        pair.before.name));
  return notes;
}

}  // namespace schemadiff::engine
