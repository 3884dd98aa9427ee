// Judge 2: what holds for every schema and every plan, whatever they say.
#include <catch2/catch.hpp>
#include <tuple>

#include "diff/change.h"
#include "engine/plan.h"
#include "engine/verify.h"
#include "parser/analyze/analyze.h"
#include "parser/parser.h"
#include "schema/dump.h"
#include "tests/judges/findings.h"
#include "tests/support/paths.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

schema::Catalog load(const std::string& name, const std::string& text) {
  schema::Catalog catalog = parser::parse({{name, text}});
  parser::analyze(catalog, {});
  return catalog;
}

std::string show(const std::vector<diff::Change>& changes) {
  std::string text;
  for (const diff::Change& change : changes) {
    text += "\n  " + schema::describe(change.id);
    for (const diff::AttributeChange& attribute : change.attributes) {
      text += "\n    " + attribute.attribute + ": " + attribute.before + " => " + attribute.after;
    }
  }
  return text;
}

void judge_schema(const std::string& subject, const std::string& text, Findings& findings) {
  const schema::Catalog catalog = load(subject, text);
  if (const auto changes = diff::compare(catalog, catalog); !changes.empty()) {
    findings.fail(subject, "differs from itself:" + show(changes));
  }
  const std::string dump = schema::dump(catalog);
  const schema::Catalog again = load(subject + " (dumped)", dump);
  if (const auto changes = diff::compare(catalog, again); !changes.empty()) {
    findings.fail(subject, "differs from its dump:" + show(changes));
  }
  if (schema::dump(again) != dump) findings.fail(subject, "the dump of its dump has other bytes");
}

auto bytes(const engine::Step& step) {
  return std::tie(step.id, step.sql, step.undo, step.undo_note, step.reversible, step.why,
                  step.transaction, step.after);
}

void judge_plan(const std::string& subject, const schema::Catalog& from, const schema::Catalog& to,
                Findings& findings) {
  const std::vector<diff::Change> changes = diff::compare(from, to);
  const engine::Plan plan = engine::plan(from, to, changes);
  const engine::Plan again = engine::plan(from, to, changes);
  for (const std::string& wrong : engine::verify(plan)) findings.fail(subject, wrong);
  engine::Risk risk = engine::Risk::Low;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const engine::Step& step = plan.steps[i];
    const std::string place = subject + " " + step.id;
    if (step.why.empty()) findings.fail(place, "no reason");
    for (const engine::RuleHit& hit : step.rules) {
      if (hit.silenced.empty() && hit.risk > step.risk)
        findings.fail(place, "its risk is below that of rule " + hit.rule);
    }
    risk = std::max(risk, step.risk);
    if (i >= again.steps.size() || bytes(step) != bytes(again.steps[i])) {
      findings.fail(place, "another run gives another step");
    }
  }
  if (again.steps.size() != plan.steps.size()) findings.fail(subject, "another run, another plan");
  if (risk != plan.risk) findings.fail(subject, "the plan's risk is not that of its riskiest step");
}

void judge_pair(const Fixture& fixture, Findings& findings) {
  if (fixture.is_error()) return;
  const std::string from_text = read_file(fixture.from());
  const std::string to_text = read_file(fixture.to());
  judge_schema(fixture.name + " from", from_text, findings);
  judge_schema(fixture.name + " to", to_text, findings);
  const schema::Catalog from = load("from.sql", from_text);
  const schema::Catalog to = load("to.sql", to_text);
  judge_plan(fixture.name + " forward", from, to, findings);
  judge_plan(fixture.name + " backward", to, from, findings);
}

}  // namespace

TEST_CASE("the laws hold for the fixtures", "[laws]") {
  Findings findings;
  for_each_parallel(fixtures(), 2, findings,
                    [&](const Fixture& fixture, unsigned) { judge_pair(fixture, findings); });
  report(findings);
}

TEST_CASE("the laws hold for real schemas", "[laws]") {
  Findings findings;
  for_each_parallel(corpus(), 2, findings, [&](const CorpusSchema& schema, unsigned) {
    const std::string prelude = schema.prelude ? read_file(*schema.prelude) : "";
    const std::string text = prelude + read_file(schema.schema);
    judge_schema(schema.name, text, findings);
    const schema::Catalog empty = load("empty.sql", prelude);
    const schema::Catalog full = load("schema.sql", text);
    judge_plan(schema.name + " created", empty, full, findings);
    judge_plan(schema.name + " dropped", full, empty, findings);
  });
  report(findings);
}

}  // namespace schemadiff::testing
