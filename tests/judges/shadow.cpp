// Judge 4, its other half: what static analysis takes a file for is what a server makes of it.
#include "cli/shadow/shadow.h"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "cli/target_version.h"
#include "diff/change.h"
#include "engine/plan.h"
#include "parser/analyze/analyze.h"
#include "parser/parser.h"
#include "tests/judges/findings.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

struct Sides {
  schema::Catalog analysed;
  schema::Catalog loaded;
};

diff::CompareOptions said_by(const schema::Catalog& catalog) {
  return {catalog.says_owners, catalog.says_privileges};
}

std::string show(const diff::Change& change) {
  std::string text = "\n  " + schema::describe(change.id);
  for (const diff::AttributeChange& attribute : change.attributes)
    text += "\n    " + attribute.attribute + ": " + attribute.before + " => " + attribute.after;
  return text;
}

void expect_equal(const std::string& subject, const schema::Catalog& from,
                  const schema::Catalog& to, const diff::CompareOptions& options,
                  Findings& findings) {
  for (const diff::Change& change : diff::compare(from, to, options)) {
    if (change.unproven)
      findings.note(subject, "unproven:" + show(change));
    else
      findings.fail(subject, show(change));
  }
}

Sides judge(const std::string& subject, const cli::Shadow& shadow, const std::string& text,
            Findings& findings) {
  Sides sides;
  const auto analysed = [&](const schema::ExtensionObjects& known) {
    schema::Catalog catalog = parser::parse({{subject, text}});
    parser::analyze(catalog, known);
    return catalog;
  };
  cli::ReadBack read = shadow.read_back(analysed({}), true, true);
  for (const std::string& note : read.notes) findings.note(subject, note);
  sides.loaded = std::move(read.catalog);
  // as where the other side of a comparison is a database
  sides.analysed = analysed(sides.loaded.extension_objects);
  schema::Catalog nothing;
  cli::fit_to_version(nothing, sides.analysed);
  const diff::CompareOptions options = said_by(sides.analysed);
  expect_equal(subject + ": analysed to loaded", sides.analysed, sides.loaded, options, findings);
  expect_equal(subject + ": loaded to analysed", sides.loaded, sides.analysed, options, findings);
  return sides;
}

// The step without its texts, in which a server's spelling is not the file's.
std::string outline(const engine::Step& step) {
  std::string text = step.id + " " + std::string(to_string(step.phase)) + " " +
                     schema::describe(step.object) + ": " + std::to_string(step.sql.size()) +
                     " statements, " + std::to_string(step.undo.size()) + " undo them, " +
                     std::string(to_string(step.risk)) + ", " + step.lock.mode + ", transaction " +
                     std::to_string(step.transaction);
  for (const engine::RuleHit& hit : step.rules) text += " " + hit.rule;
  return text + ". " + step.why;
}

void expect_same_steps(const std::string& subject, const Sides& from, const Sides& to,
                       Findings& findings) {
  engine::PlanOptions options;
  options.compare = said_by(to.analysed);
  const auto planned = [&](const schema::Catalog& before, const schema::Catalog& after) {
    return engine::plan(before, after, diff::compare(before, after, options.compare), options);
  };
  // what is there is a database: it knows which key a foreign key stands on, for one
  const engine::Plan analysed = planned(from.loaded, to.analysed);
  const engine::Plan loaded = planned(from.loaded, to.loaded);
  const std::size_t count = std::max(analysed.steps.size(), loaded.steps.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::string one = i < analysed.steps.size() ? outline(analysed.steps[i]) : "no step";
    const std::string other = i < loaded.steps.size() ? outline(loaded.steps[i]) : "no step";
    if (one == other) continue;
    findings.fail(subject + " steps", "\n  analysed: " + one + "\n  loaded:   " + other);
    return;
  }
}

}  // namespace

TEST_CASE("a server makes of the fixtures what analysis takes them for", "[shadow]") {
  Findings findings;
  const std::vector<Fixture> all = fixtures();
  const std::size_t stride = long_form() ? 1 : 16;
  std::vector<Fixture> chosen;
  for (std::size_t i = 0; i < all.size(); i += stride)
    if (!all[i].is_error()) chosen.push_back(all[i]);
  const cli::Shadow shadow = cli::Shadow::on_server(shared_cluster().conninfo("postgres"));
  for_each_parallel(chosen, 2, findings, [&](const Fixture& fixture, unsigned) {
    const Sides from = judge(fixture.name + " from", shadow, read_file(fixture.from()), findings);
    const Sides to = judge(fixture.name + " to", shadow, read_file(fixture.to()), findings);
    expect_same_steps(fixture.name + " forward", from, to, findings);
    expect_same_steps(fixture.name + " backward", to, from, findings);
  });
  report(findings);
}

TEST_CASE("a server makes of real schemas what analysis takes them for", "[shadow]") {
  Findings findings;
  const Cluster& cluster = shared_cluster();
  const cli::Shadow shadow = cli::Shadow::on_server(cluster.conninfo("postgres"));
  for_each_parallel(corpus(), 2, findings, [&](const CorpusSchema& schema, unsigned worker) {
    const std::string text =
        (schema.prelude ? read_file(*schema.prelude) : "") + read_file(schema.schema);
    // builds roles too
    const std::string database = "shadow_" + std::to_string(worker);
    cluster.create_database(database);
    const Result loaded = cluster.psql(database, text);
    if (loaded.status != 0) throw std::runtime_error(loaded.err);
    const std::string judged = schema.runs_code ? cluster.dump(database) : text;
    const Sides sides = judge(schema.name, shadow, judged, findings);
    const Sides nothing = judge(schema.name + " (nothing)", shadow, "-- nothing\n", findings);
    expect_same_steps(schema.name + " created", nothing, sides, findings);
    expect_same_steps(schema.name + " dropped", sides, nothing, findings);
  });
  report(findings);
}

}  // namespace schemadiff::testing
