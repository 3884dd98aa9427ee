// Between the phases of a plan two applications write: the old one, which knows the columns of
// `from`, and the new one, which knows those of `to`. After contract each row holds what the
// application that wrote it gave: what it would hold had the old one written before the plan and
// the new one after it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/judges/applied.h"
#include "tests/judges/findings.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/sql_text.h"

namespace schemadiff::testing {
namespace {

using Statements = std::vector<std::string>;

constexpr const char* kGroups[] = {"enum/",   "fill/",        "lookup/", "partition/column_",
                                   "rename/", "repartition/", "retype/", "scenarios/"};
// In the long form all of these.
constexpr const char* kShortForm[] = {
    "enum/value_replaced", "fill/nulls",       "fill/required", "lookup/enum_column",
    "rename/column",       "rename/under_way", "retype/column", "retype/text_to_enum"};

bool is_judged(const Fixture& fixture) {
  if (fixture.is_error() || fixture.is_risk()) return false;
  if (!long_form())
    return std::find(std::begin(kShortForm), std::end(kShortForm), fixture.name) !=
           std::end(kShortForm);
  return std::any_of(std::begin(kGroups), std::end(kGroups),
                     [&](const char* group) { return fixture.name.starts_with(group); });
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream input(text);
  for (std::string line; std::getline(input, line);) lines.push_back(line);
  return lines;
}

// What queries answer in a session that can write as applications do.
std::vector<std::string> answers(const std::string& database, const std::string& sql) {
  static const std::string functions =
      read_file(source_directory() / "tests/judges/application.sql");
  const Result result = shared_cluster().psql(
      database, "\\set QUIET on\n\\pset tuples_only\n\\pset format unaligned\n" + functions + sql);
  if (result.status != 0) throw std::runtime_error(result.err);
  return lines_of(result.out);
}

std::string literal(const std::string& text) {
  std::string doubled;
  for (const char c : text) doubled += c == '\'' ? "''" : std::string(1, c);
  return "'" + doubled + "'";
}

// Runs the statements, in two rounds, for what refers to a later one. Returns those that wrote a
// row; `refused` gets the others, with why.
Statements write(const std::string& database, Statements statements, Statements& refused) {
  Statements written;
  for (int round = 0; round < 2 && !statements.empty(); ++round) {
    std::string sql;
    for (const std::string& statement : statements)
      sql += "SELECT pg_temp.try(" + literal(statement) + ");\n";
    const std::vector<std::string> results = answers(database, sql);
    if (results.size() != statements.size()) throw std::runtime_error("results are missing");
    Statements rest;
    refused.clear();
    for (std::size_t i = 0; i < statements.size(); ++i) {
      if (results[i] == "done") {
        written.push_back(statements[i]);
        continue;
      }
      rest.push_back(statements[i]);
      refused.push_back(statements[i] + ": " + results[i]);
    }
    statements = rest;
  }
  return written;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

// What a plan fills once, by an expression of its own, and nothing keeps equal to what the old
// application writes: "orders.note".
std::vector<std::string> filled_once(const nlohmann::json& plan) {
  std::set<std::string> filled, kept;
  for (const nlohmann::json& step : plan.at("steps")) {
    const nlohmann::json& object = step.at("object");
    if (object.at("kind") != "column") continue;
    const std::string column =
        object.at("parent").get<std::string>() + "." + object.at("name").get<std::string>();
    if (step.contains("backfill")) filled.insert(literal(column));
    if (step.at("sql").get<std::string>().find("CREATE TRIGGER") != std::string::npos)
      kept.insert(literal(column));
  }
  std::vector<std::string> once;
  std::set_difference(filled.begin(), filled.end(), kept.begin(), kept.end(),
                      std::back_inserter(once));
  return once;
}

std::vector<std::string> rows_of(const std::string& database,
                                 const std::vector<std::string>& without) {
  std::vector<std::string> rows =
      answers(database, "SELECT pg_temp.rows(ARRAY[" + joined(without) + "]::text[]) \\gexec\n");
  std::sort(rows.begin(), rows.end());
  return rows;
}

class Case {
 public:
  Case(const Fixture& fixture, unsigned worker, Findings& findings)
      : fixture_(fixture),
        findings_(findings),
        database_("between_" + std::to_string(worker)),
        goal_("beforehand_" + std::to_string(worker)) {}

  void judge() {
    build(goal_, fixture_.to());
    const std::string knows_new = "new_" + goal_, knows_old = "old_" + goal_;
    shared_cluster().create_database(knows_new, goal_);
    build(database_, fixture_.from());
    shared_cluster().create_database(knows_old, database_);
    shared_cluster().create_database(goal_, database_);
    const Result planned =
        run_plan(shared_cluster().conninfo(database_), fixture_.to().string(), "json", {},
                 source_directory() / "tests/judges/large_tables.toml");
    if (planned.status != kPending) return;
    const std::vector<std::string> without = filled_once(nlohmann::json::parse(planned.out));
    target_ = "SET search_path = '';\nINSERT INTO pg_temp.target VALUES (" +
              literal(read_file(fixture_.to())) + ");\n";
    given_ = joined(answers(knows_new, target_ + "SELECT pg_temp.values();\n"));

    const std::string also_new =
        given_.empty() ? "" : "INSERT INTO pg_temp.given VALUES " + given_ + ";\n";
    const auto old_writes = [&](const std::string& what) {
      write_as(knows_old, also_new + what, old_);
    };
    const auto new_writes = [&](const std::string& what) { write_as(knows_new, what, new_); };
    old_writes("SELECT pg_temp.inserts(n) FROM generate_series(11, 14) AS n");
    if (!applied(database_, {"--phase", "expand"})) return;
    old_writes("SELECT pg_temp.inserts(21) UNION ALL SELECT pg_temp.updates(11, 41)");
    new_writes("SELECT pg_temp.inserts(22) UNION ALL SELECT pg_temp.updates(12, 42)");
    if (!applied(database_, {"--phase", "migrate"})) return;
    old_writes("SELECT pg_temp.inserts(31) UNION ALL SELECT pg_temp.updates(13, 43)");
    new_writes("SELECT pg_temp.inserts(32) UNION ALL SELECT pg_temp.updates(14, 44)");
    if (!applied(database_, {})) return;

    written_again("before the plan", old_);
    if (!applied(goal_, {})) return;
    written_again("after the plan", new_);
    const std::vector<std::string> expected = rows_of(goal_, without),
                                   got = rows_of(database_, without);
    if (const std::string wrong = difference(expected, got); !wrong.empty())
      findings_.fail(fixture_.name, "rows:\n" + wrong);
    if (!long_form() && (old_.empty() || new_.empty()))
      findings_.fail(fixture_.name, "nothing was written");
    std::cout << "written between: " << fixture_.name << ", " << old_.size() << " by the old, "
              << new_.size() << " by the new application\n";
  }

 private:
  // `knows`: a database with the schema that the application knows. What is refused loses nothing.
  void write_as(const std::string& knows, const std::string& what, Statements& all) {
    Statements refused;
    for (const std::string& statement :
         write(database_, answers(knows, target_ + what + ";\n"), refused))
      all.push_back(statement);
    for (const std::string& why : refused) findings_.note(fixture_.name, "refused: " + why);
  }

  void written_again(const std::string& when, const Statements& statements) {
    Statements refused;
    write(goal_, statements, refused);
    for (const std::string& why : refused)
      findings_.fail(fixture_.name, "only between the phases, not " + when + ": " + why);
  }

  bool applied(const std::string& database, const std::vector<std::string>& arguments) {
    const Result result = apply(database, fixture_.to(), arguments);
    if (result.status != 0)
      findings_.fail(fixture_.name, (arguments.empty() ? "to the end" : arguments.back()) + ": " +
                                        result.err + result.out);
    return result.status == 0;
  }

  const Fixture& fixture_;
  Findings& findings_;
  std::string database_;  // both write while the plan runs
  std::string goal_;      // the old one writes before it, the new one after it
  std::string target_;    // how a session learns of the schema that the plan leads to
  std::string given_;     // values as `to` has them
  Statements old_, new_;  // what was written
};

}  // namespace

TEST_CASE("what both applications write between the phases is kept", "[crash]") {
  std::vector<Fixture> cases;
  for (const Fixture& fixture : fixtures())
    if (is_judged(fixture)) cases.push_back(fixture);
  Findings findings;
  for_each_parallel(cases, 2, findings, [&](const Fixture& fixture, unsigned worker) {
    Case(fixture, worker, findings).judge();
  });
  report(findings);
}

}  // namespace schemadiff::testing
