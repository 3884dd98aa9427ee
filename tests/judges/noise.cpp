// Judge 4: no phantom changes between a real schema, the database built from it, and its dump.
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/judges/findings.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

void expect_nothing(const std::string& subject, const std::string& from, const std::string& to,
                    Findings& findings) {
  const Result plan = run_plan(from, to, "sql");
  if (plan.status != kNothingToDo) {
    findings.fail(subject, "status " + std::to_string(plan.status) + "\n" + plan.err + plan.out);
  } else if (plan.err.find("unproven") != std::string::npos) {
    findings.note(subject, plan.err);
  }
}

void judge(const CorpusSchema& schema, unsigned worker, Findings& findings) {
  const Cluster& cluster = shared_cluster();
  const std::string database = "noise_" + std::to_string(worker);
  const auto directory =
      std::filesystem::temp_directory_path() /
      ("schemadiff-noise-" + std::to_string(getpid()) + "-" + std::to_string(worker));
  std::filesystem::create_directories(directory);
  const auto file = directory / (schema.name + ".sql");
  const auto dump = directory / (schema.name + ".dump.sql");
  write_file(file, (schema.prelude ? read_file(*schema.prelude) : "") + read_file(schema.schema));
  cluster.create_database(database);
  const Result loaded = cluster.psql_file(database, file);
  if (loaded.status != 0) throw std::runtime_error(loaded.err);
  write_file(dump, cluster.dump(database));
  const std::string live = cluster.conninfo(database);
  expect_nothing(schema.name + ": database against its dump", live, dump, findings);
  if (!schema.runs_code) {
    expect_nothing(schema.name + ": database against its file", live, file, findings);
    expect_nothing(schema.name + ": file against its database", file, live, findings);
    expect_nothing(schema.name + ": file against the dump", file, dump, findings);
  }
  std::filesystem::remove_all(directory);
}

}  // namespace

TEST_CASE("real schemas are free of noise", "[noise]") {
  Findings findings;
  for_each_parallel(corpus(), 2, findings, [&](const CorpusSchema& schema, unsigned worker) {
    judge(schema, worker, findings);
  });
  report(findings);
}

}  // namespace schemadiff::testing
