// Judge 5: after a small change of a schema's text, the plan is empty if and only if PostgreSQL
// sees no difference, and what it does is what PostgreSQL sees.
#include <unistd.h>

#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/judges/findings.h"
#include "tests/judges/mutant.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/sql_text.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

struct Subject {
  std::string name;
  std::string prelude;
  std::vector<std::string> statements;
  bool runs_code = false;  // see CorpusSchema
  unsigned seed = 0;
  int mutants = 0;
};

struct Rates {
  std::atomic<int> refused{0};  // by PostgreSQL: no case
  std::atomic<int> different{0};
  std::atomic<int> missed{0};
  std::atomic<int> same{0};
  std::atomic<int> phantom{0};
  std::atomic<int> unreadable{0};
  std::atomic<int> wrong{0};
};

int per_subject(int by_default) {
  const char* chosen = std::getenv("SCHEMADIFF_MUTANTS");
  if (chosen != nullptr) return std::atoi(chosen);
  return std::getenv("SCHEMADIFF_LONG") != nullptr ? 5 * by_default : by_default;
}

unsigned first_seed() {
  const char* chosen = std::getenv("SCHEMADIFF_SEED");
  return chosen != nullptr ? static_cast<unsigned>(std::atoi(chosen)) : 1;
}

std::vector<Subject> subjects() {
  std::vector<Subject> result;
  unsigned seed = first_seed();
  // The short form takes every third fixture.
  const bool all =
      std::getenv("SCHEMADIFF_LONG") != nullptr || std::getenv("SCHEMADIFF_ONLY") != nullptr;
  for (const Fixture& fixture : fixtures()) {
    if (fixture.is_error() || (!all && ++seed % 3 != 0)) continue;
    const auto statements = split_statements(read_file(fixture.to()));
    if (!statements.empty())
      result.push_back({fixture.name, "", statements, false, seed++, per_subject(1)});
  }
  // A large schema takes long to load; the short form leaves it out.
  const std::size_t largest = std::getenv("SCHEMADIFF_LONG") != nullptr ? 300'000 : 100'000;
  for (const CorpusSchema& schema : corpus()) {
    const std::string text = read_file(schema.schema);
    if (text.size() > largest) continue;
    result.push_back({schema.name, schema.prelude ? read_file(*schema.prelude) : "",
                      split_statements(text), schema.runs_code, seed++, per_subject(2)});
  }
  return result;
}

void judge(const Subject& subject, const Mutant& mutant, const std::string& base,
           const std::string& changed, const std::filesystem::path& file,
           const std::vector<std::string>& before, Findings& findings, Rates& rates) {
  const Cluster& cluster = shared_cluster();
  write_file(file, subject.prelude + mutant.text);
  cluster.create_database(changed);
  if (cluster.psql_file(changed, file).status != 0) {
    ++rates.refused;
    return;
  }
  const auto after = normalise_dump(cluster.dump(changed));
  const Result plan = run_plan(cluster.conninfo(base), file, "sql");
  ++(before == after ? rates.same : rates.different);
  if (plan.status != kNothingToDo && plan.status != kPending) {
    ++rates.unreadable;
    findings.fail(subject.name, "refused: " + mutant.what + "\n" + plan.err);
  } else if (before == after && plan.status == kPending) {
    ++rates.phantom;
    findings.fail(subject.name, "phantom: " + mutant.what + "\n" + plan.out);
  } else if (before != after && plan.status == kNothingToDo) {
    ++rates.missed;
    findings.fail(subject.name, "missed: " + mutant.what + "\n" + difference(after, before));
  } else if (plan.status == kPending) {
    cluster.create_database(changed, base);
    const Result applied = cluster.psql(changed, plan.out);
    const auto got = normalise_dump(cluster.dump(changed));
    if (applied.status == 0 && got == after) return;
    ++rates.wrong;
    findings.fail(subject.name, "wrong: " + mutant.what + "\n" + applied.err +
                                    (applied.status == 0 ? difference(after, got) : "") + plan.out);
  }
}

void judge(Subject subject, unsigned worker, Findings& findings, Rates& rates) {
  const Cluster& cluster = shared_cluster();
  const std::string base = "base_" + std::to_string(worker);
  const std::string changed = "changed_" + std::to_string(worker);
  const auto file =
      std::filesystem::temp_directory_path() /
      ("schemadiff-mutant-" + std::to_string(getpid()) + "-" + std::to_string(worker) + ".sql");
  std::string text = subject.prelude;
  for (const std::string& statement : subject.statements) text += statement + ";\n";
  cluster.create_database(base);
  const Result loaded = cluster.psql(base, text);
  if (loaded.status != 0) throw std::runtime_error(loaded.err);
  const std::string dump = cluster.dump(base);
  if (subject.runs_code) {
    subject.statements = split_statements(dump);
    subject.prelude.clear();
  }
  const auto before = normalise_dump(dump);
  std::mt19937 random(subject.seed);
  for (int i = 0; i < subject.mutants; ++i) {
    judge(subject, mutate(subject.statements, random), base, changed, file, before, findings,
          rates);
  }
  std::filesystem::remove(file);
}

}  // namespace

TEST_CASE("small changes are neither missed nor made up", "[mutations]") {
  Findings findings;
  Rates rates;
  for_each_parallel(subjects(), 2, findings, [&](const Subject& subject, unsigned worker) {
    judge(subject, worker, findings, rates);
  });
  std::cout << "mutants that differ: " << rates.different << ", missed " << rates.missed
            << ", wrongly applied " << rates.wrong << "; that do not differ: " << rates.same
            << ", phantom " << rates.phantom << "; unreadable " << rates.unreadable
            << "; refused by PostgreSQL: " << rates.refused << '\n';
  report(findings);
}

}  // namespace schemadiff::testing
