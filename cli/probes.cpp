#include "cli/probes.h"

#include <algorithm>
#include <set>

#include "schema/error.h"
#include "schema/introspect/introspect.h"
#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

using schema::QualifiedName;

bool is_too_large(const QualifiedName& table, const schema::Facts& facts, const Probes& probes) {
  const schema::TableFacts* known = facts.find(table);
  return known && known->bytes.value_or(0) > probes.max_bytes;
}

struct Question {
  std::string step, query;
};

}  // namespace

std::map<std::string, std::int64_t> probe(const std::string& conninfo, const engine::Plan& plan,
                                          const schema::Facts& facts, const Probes& probes,
                                          std::vector<std::string>& notes) {
  std::vector<Question> questions;
  std::set<std::string> too_large;
  for (const engine::Step& step : plan.steps)
    for (const engine::PreCheck& check : step.pre_checks) {
      if (!check.now) continue;
      bool left_alone = false;
      for (const QualifiedName& table : check.tables)
        if (is_too_large(table, facts, probes)) {
          left_alone = true;
          too_large.insert(schema::quote_qualified(table));
        }
      if (!left_alone) questions.push_back({step.id, check.sql});
    }
  std::string names;
  for (const std::string& table : too_large) names += (names.empty() ? "" : ", ") + table;
  if (!names.empty())
    notes.push_back("No rows were counted of tables above the size for probes: " + names + ".");

  std::map<std::string, std::int64_t> result;
  if (questions.empty()) return result;
  std::vector<std::string> queries;
  for (const Question& question : questions) queries.push_back(question.query);
  std::vector<schema::Count> counts;
  try {
    counts = schema::count_rows(conninfo, queries, plan.search_path, probes.seconds);
  } catch (const Error& error) {
    notes.push_back("The rows that stand in the way of steps were not counted: " + error.message +
                    ".");
    return result;
  }
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i].rows)
      result.emplace(questions[i].query, *counts[i].rows);
    else
      notes.push_back("The rows that stand in the way of " + questions[i].step +
                      " were not counted: " + counts[i].failure + ".");
  return result;
}

}  // namespace schemadiff::cli
