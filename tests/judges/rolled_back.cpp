// Judge 8, the way back: from wherever apply has stopped, rollback leads to where it began, with
// all rows; and apply leads there again.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/judges/applied.h"
#include "tests/judges/findings.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/sql_text.h"

namespace schemadiff::testing {
namespace {

// In the long form all that have rows.
constexpr const char* kShortForm[] = {"scenarios/antone"};

bool is_judged(const Fixture& fixture) {
  if (!std::filesystem::exists(fixture.directory / "data.sql")) return false;
  return long_form() || std::find(std::begin(kShortForm), std::end(kShortForm), fixture.name) !=
                            std::end(kShortForm);
}

// What a plan says beforehand of the way back from behind a phase.
struct Promise {
  bool schema = true;  // it leads back
  bool labels = true;  // those of enums, too
  bool rows = true;    // with all rows as they were
};

Promise promise_of(const nlohmann::json& plan, const std::string& phase) {
  const std::vector<std::string> order{"expand", "migrate", "contract"};
  const auto rank = [&](const std::string& name) {
    return std::find(order.begin(), order.end(), name) - order.begin();
  };
  Promise promise;
  for (const nlohmann::json& step : plan.at("steps")) {
    if (rank(step.at("phase")) > rank(phase)) continue;
    const std::string note = step.at("undo_note");
    const bool has_way_back = step.at("reversible").get<bool>();
    const bool loses = note.find("without its") != std::string::npos ||
                       note.find("not known any more") != std::string::npos;
    // a column that comes back empty is not held to NOT NULL
    promise.schema =
        promise.schema && has_way_back && note != "The column comes back without its values.";
    // the undo of contract makes the type anew
    if (phase != "contract" && note.starts_with("The value stays until ")) promise.labels = false;
    promise.rows = promise.rows && has_way_back && !loses;
  }
  return promise;
}

Dump without_enums(Dump dump) {
  std::erase_if(dump, [](const std::string& statement) {
    return statement.starts_with("CREATE TYPE ") &&
           statement.find(" AS ENUM ") != std::string::npos;
  });
  return dump;
}

class Case {
 public:
  Case(const Fixture& fixture, Findings& findings) : fixture_(fixture), findings_(findings) {
    build_with_rows(kTemplate, fixture, 1000);
    const Result planned =
        run_plan(shared_cluster().conninfo(kTemplate), fixture.to().string(), "json", {},
                 source_directory() / "tests/judges/large_tables.toml");
    plan_ = nlohmann::json::parse(planned.out);
    shared_cluster().create_database(kDatabase, kTemplate);
    start_ = contents(kDatabase);
  }

  void judge(const std::string& phase) {
    const std::string place = fixture_.name + " rolled back after " + phase;
    shared_cluster().create_database(kDatabase, kTemplate);
    const auto done = [&](const Result& result) {
      if (result.status != 0) findings_.fail(place, result.err);
      return result.status == 0;
    };
    if (!done(apply(kDatabase, fixture_.to(), {"--phase", phase})) || !done(rollback())) return;
    const Promise promise = promise_of(plan_, phase);
    const Contents back = state();
    const auto promised = [&](const Dump& dump) {
      return promise.labels ? dump : without_enums(dump);
    };
    if (promise.schema && promised(back.schema) != promised(start_.schema))
      findings_.fail(place, difference(promised(start_.schema), promised(back.schema)));
    if (promise.rows && back.rows != start_.rows)
      findings_.fail(place, "rows:\n" + back.rows + "instead of\n" + start_.rows);
    if (!done(apply(kDatabase, fixture_.to()))) return;
    const Contents there = contents(kDatabase);
    if (goal_.schema.empty()) goal_ = there;
    if (there.schema != goal_.schema)
      findings_.fail(place, "applied again: " + difference(goal_.schema, there.schema));
    if (promise.rows && there.rows != goal_.rows)
      findings_.fail(place, "applied again, rows:\n" + there.rows + "instead of\n" + goal_.rows);
    std::cout << "rollback: " << place << (promise.rows ? ", whole" : ", as far as it can") << "\n";
  }

 private:
  static constexpr const char* kTemplate = "back_template";
  static constexpr const char* kDatabase = "back";

  // Of a copy: what the tool has written down stays.
  static Contents state() {
    shared_cluster().create_database("back_copy", kDatabase);
    return contents("back_copy");
  }

  static Result rollback() {
    return run({.argv = {tool_program(), "rollback", "--yes", "--from",
                         shared_cluster().conninfo(kDatabase)},
                .environment = {{"NO_COLOR", "1"}}});
  }

  const Fixture& fixture_;
  Findings& findings_;
  nlohmann::json plan_;
  Contents start_, goal_;
};

}  // namespace

TEST_CASE("a rollback after each phase leads back", "[crash]") {
  Findings findings;
  for (const Fixture& fixture : fixtures()) {
    if (!is_judged(fixture)) continue;
    Case judged(fixture, findings);
    for (const char* phase : {"expand", "migrate", "contract"}) judged.judge(phase);
  }
  report(findings);
}

}  // namespace schemadiff::testing
