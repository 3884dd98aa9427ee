// What every format says of a plan or a check: facts in words, before any layout.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/report/report.h"

namespace schemadiff::cli {

// "adds; the application that is deployed now keeps working"
std::string_view meaning(engine::Phase phase);

struct PhaseSection {
  engine::Phase phase{};
  std::string gate;                // what to deploy or stop before it; empty: nothing
  std::size_t begin = 0, end = 0;  // its steps
};
std::vector<PhaseSection> phases_of(const engine::Plan& plan);

// What a reader who stops after the first lines has to know, a sentence each.
std::vector<std::string> headline(const PlanReport& report);

// The steps that share the transaction of step `i`, where that is its first one: the index behind
// the last of them. i + 1 where it shares with none.
std::size_t transaction_end(const engine::Plan& plan, std::size_t i);

// What is silenced comes last.
std::vector<engine::RuleHit> gravest_first(std::vector<engine::RuleHit> hits);

// As lock_in_words, with whether it runs alone, as a sentence.
std::string lock_sentence(const engine::Step& step);

// "about 3 s", "a moment"; "unknown" where no size is known.
std::string duration(const std::optional<double>& seconds);

// "Takes about 2 min.", or that it is not known.
std::string takes(const std::optional<double>& seconds);

struct Row {
  std::string name, value;
};
// Steps, risk, locks, longest exclusive hold, estimated time, data at stake, gates.
std::vector<Row> summary(const engine::Plan& plan);

// A body, a query or another definition of several lines that differs.
struct TextChange {
  std::string object;              // to people
  std::string attribute;           // "body"
  std::vector<std::string> lines;  // a unified diff
};
std::vector<TextChange> text_changes(const std::vector<diff::Change>& changes,
                                     const Comparison& sides);

std::vector<std::string> lines_of(const std::string& text);
bool has_many_lines(const diff::AttributeChange& change);
std::vector<std::string> unified_diff(const diff::AttributeChange& change);

// The statements of the way back, with a comment for each step that it undoes or cannot undo.
std::string way_back(const engine::Plan& plan);

// Statements with their semicolons.
std::string script(const std::vector<std::string>& statements);

// Notes and what was not compared, a sentence each.
std::vector<std::string> remarks(const engine::Plan& plan, const Comparison& sides);
std::vector<std::string> remarks(const Comparison& sides);

// A difference as a check tells it. What comes or goes with its table is not told apart from it.
struct Difference {
  const diff::Change* change = nullptr;
  std::string_view word;  // "missing" "extra" "differs"
  std::string object;     // to people
  std::string remark;     // ", would be recreated with view public.v", behind it; may be empty
  std::string place;      // "schema.sql:12"; empty: nowhere
  std::string allowed;    // why the policy lives with it; empty: it does not
  std::string moved;      // which side has changed, since when: a sentence; empty: not known
  std::vector<std::string>
      definition;  // of what is missing or extra: lines of SQL; none: by others
};
std::vector<Difference> differences(const CheckReport& report);

// Which side the change came from, in a sentence; empty: it is only made again because of others.
std::string moved_in_words(const diff::Change& change, const diff::Movement& movement,
                           const engine::State& last);

// The statements that make the object, or the column, line by line.
std::vector<std::string> definition_lines(const schema::ObjectId& id,
                                          const schema::Catalog& catalog);
// No more than `most` of them, and how many more there are.
std::vector<std::string> first_lines(std::vector<std::string> lines, std::size_t most);

bool is_drift(const CheckReport& report);  // something differs and is not allowed

// "2 differences: database shop is not what schema/ says."
std::string verdict(const CheckReport& report);

}  // namespace schemadiff::cli
