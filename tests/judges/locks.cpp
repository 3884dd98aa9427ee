// Judge 6, the operations: what the table of operations says of locks, scans, rewrites and
// transaction blocks is what each server version does to a table with rows.
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <thread>

#include "tests/judges/findings.h"
#include "tests/judges/lock_examples.h"
#include "tests/judges/lock_watch.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

constexpr const char* kDatabase = "operations";

struct Version {
  std::string name;  // "15"
  const Cluster& cluster;
};

long read_number(const Cluster& cluster, const std::string& sql) {
  const Result result = cluster.psql(kDatabase, "\\pset tuples_only on\n" + sql + ";");
  if (result.status != 0) throw std::runtime_error(result.err);
  return std::stol(result.out);
}

// Scans of a table by sessions that have ended, the last of them with a scan of the marker. Before
// version 15 they are reported by messages, in order: when the marker's has arrived, so has what
// came before it.
long reported_scans(const Cluster& cluster, const std::string& table, const std::string& marker) {
  const auto scans = [&](const std::string& name) {
    return read_number(cluster, "SELECT pg_stat_get_numscans('" + name + "'::regclass)");
  };
  for (int attempt = 0; attempt < 600; ++attempt) {
    if (scans(marker) > 0) return scans(table);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  throw std::runtime_error("the scan of " + marker + " was never reported");
}

void set_up(const LockExample& example, const Cluster& cluster) {
  Watch watch(cluster.conninfo(kDatabase), "example");
  watch.execute("DROP SCHEMA IF EXISTS example CASCADE; CREATE SCHEMA example");
  watch.execute(kLoadedTable);
  watch.execute(example.setup);
  watch.execute("CREATE TABLE made (); CREATE TABLE ended ()");
  watch.execute("SELECT count(*) FROM made");
}

// In a transaction block the session's own counters tell what is read; outside of one, those that
// it has reported when it has ended.
Seen run_alone(const LockExample& example, const std::string& relation, const Cluster& cluster,
               bool& scans) {
  const long before = reported_scans(cluster, relation, "example.made");
  Seen seen;
  {
    Watch watch(cluster.conninfo(kDatabase), "example");
    if (!watch.is_refused_in_transaction(example.statement))
      throw std::runtime_error("runs in a transaction block");
    const std::string reader = example.reader;
    seen = watch.alone(example.statement, reader.empty() ? relation : "example." + reader);
    watch.execute("SELECT count(*) FROM ended");
  }
  scans = reported_scans(cluster, relation, "example.ended") > before;
  return seen;
}

// What the example's statement does to the example's relation.
engine::LockClaim measure(const LockExample& example, const Cluster& cluster) {
  const std::string name = "example." + std::string(example.relation);
  set_up(example, cluster);
  engine::LockClaim measured;
  const bool alone = !engine::runs_in_transaction(example.op);
  const Seen seen =
      alone ? run_alone(example, name, cluster, measured.scans)
            : Watch(cluster.conninfo(kDatabase), "example").in_transaction({example.statement});
  measured.rewrites = seen.rewritten.contains(name);
  for (const auto& [oid, mode] : seen.locks) {
    if (seen.before.at(oid).name != name || strength(mode) < strength("ROW EXCLUSIVE")) continue;
    measured.mode = mode;
    measured.scans = measured.scans || measured.rewrites || seen.read.contains(oid);
  }
  return measured;
}

std::string in_words(const engine::LockClaim& claim) {
  return (claim.mode.empty() ? "no lock" : claim.mode) + (claim.scans ? ", scans" : "") +
         (claim.rewrites ? ", rewrites" : "");
}

void judge(const LockExample& example, const Version& version, Findings& findings) {
  const std::string subject = version.name + ": " + example.statement;
  try {
    const std::string claimed = in_words(engine::claim({{example.op, {example.relation}}}));
    const std::string measured = in_words(measure(example, version.cluster));
    if (claimed != measured)
      findings.fail(subject,
                    "claimed is " + claimed + "; seen is " + measured + " on " + example.relation);
  } catch (const std::exception& error) {
    findings.fail(subject, error.what());
  }
}

void judge_version(const Version& version, Findings& findings) {
  create_watched_database(version.cluster, kDatabase);
  int judged = 0;
  for (const LockExample& example : lock_examples()) {
    if (example.since == kNotMeasured || example.since > std::stoi(version.name)) continue;
    judge(example, version, findings);
    ++judged;
  }
  std::cout << "version " + version.name + ": " + std::to_string(judged) + " operations\n";
}

}  // namespace

TEST_CASE("operations do what the table of operations says", "[locks]") {
  Findings findings;
  std::vector<Server> servers = other_servers();
  servers.push_back({"15", std::filesystem::path(pg_program("postgres")).parent_path()});
  for_each_parallel(servers, 2, findings, [&](const Server& server, unsigned) {
    const Cluster cluster(server.programs);
    create_roles(cluster);
    judge_version({server.name, cluster}, findings);
  });
  report(findings);
}

TEST_CASE("every operation has an example", "[locks]") {
  std::vector<engine::Op> examples;
  for (const LockExample& example : lock_examples()) examples.push_back(example.op);
  std::vector<engine::Op> operations;
#define OP(name, mode, scans, rewrites) operations.push_back(engine::Op::name);
#include "engine/ops.def"
  CHECK(examples == operations);
}

}  // namespace schemadiff::testing
