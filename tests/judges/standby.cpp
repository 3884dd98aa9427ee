// A backfill waits for a standby that is behind, and goes on when it has come nearer.
#include <catch2/catch.hpp>
#include <thread>

#include "tests/judges/scratch.h"
#include "tests/judges/shop.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;

std::string ask(const Cluster& cluster, const std::string& sql) {
  const Result result =
      cluster.psql("postgres", "\\pset tuples_only\n\\pset format unaligned\n" + sql);
  INFO(result.err);
  REQUIRE(result.status == 0);
  return result.out;
}

}  // namespace

// Two servers take a while to start: not in the short form.
TEST_CASE("a backfill waits for a standby that is behind", "[cli]") {
  if (!long_form()) return;
  const Cluster primary(Cluster::Replicated{});
  const Cluster standby(Cluster::Replicated{&primary});
  const Scratch scratch;
  const std::string table = "CREATE TABLE t (id bigint PRIMARY KEY, v text);\n";
  ask(primary, table + "INSERT INTO t (id) SELECT generate_series(1, 100000)");
  scratch.write("to.sql",
                "CREATE TABLE t (\n  id bigint PRIMARY KEY,\n"
                "  v text NOT NULL -- schemadiff: backfill=repeat('x', 200)\n);\n");
  scratch.write("schemadiff.toml", "[apply]\nmax_lag_bytes = \"256 KiB\"\n");
  ask(standby, "SELECT pg_wal_replay_pause()");
  Result applied;
  std::thread running([&] {
    applied =
        scratch.tool({"apply", "--from", primary.conninfo("postgres"), "--to", "to.sql", "--yes",
                      "--facts", (source_directory() / "tests/judges/large_tables.toml").string()});
  });
  std::this_thread::sleep_for(std::chrono::seconds(8));
  const int filled = std::stoi(ask(primary, "SELECT count(v) FROM t"));
  std::this_thread::sleep_for(std::chrono::seconds(2));
  const int later = std::stoi(ask(primary, "SELECT count(v) FROM t"));
  ask(standby, "SELECT pg_wal_replay_resume()");
  running.join();
  INFO(applied.err);
  CHECK(applied.status == 0);
  CHECK(filled > 0);
  CHECK(filled < 100000);
  CHECK(later == filled);
  CHECK_THAT(applied.err, Contains(" behind: the backfill waits"));
  CHECK(ask(primary, "SELECT count(v) FROM t") == "100000\n");
  scratch.write("more.sql", table + "CREATE TABLE more (id bigint);\n");
  expect_error(
      scratch.tool({"apply", "--from", standby.conninfo("postgres"), "--to", "more.sql", "--yes"}),
      "the server is a standby, which takes no changes");
}

}  // namespace schemadiff::testing
