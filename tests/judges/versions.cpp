// The other server versions: their catalogs are read as the files say, and plans lead there.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/judges/agreement.h"
#include "tests/judges/findings.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

struct Case {
  const Fixture& fixture;
  std::string name;  // "13: view/replaced"
  const Cluster& cluster;
  bool has_all;  // the grammar's version or a newer one: it has to take every fixture
};

// False: the version does not have what the file asks for.
bool build(const Case& test, const std::string& database, const std::filesystem::path& file,
           Findings& findings) {
  test.cluster.create_database(database);
  const Result loaded = test.cluster.psql_file(database, file);
  if (loaded.status != 0 && test.has_all) findings.fail(test.name, "refused: " + loaded.err);
  return loaded.status == 0;
}

void expect_nothing(const Case& test, const std::string& what, const std::string& from,
                    const std::string& to, Findings& findings) {
  if (const auto found = noise(from, to)) findings.fail(test.name, what + ": " + *found);
}

void judge(const Case& test, unsigned worker, Findings& findings, std::atomic<int>& refused) {
  const std::string a = "from_" + std::to_string(worker), b = "to_" + std::to_string(worker);
  if (!build(test, a, test.fixture.from(), findings) ||
      !build(test, b, test.fixture.to(), findings)) {
    ++refused;
    return;
  }
  const std::string live = test.cluster.conninfo(a), goal = test.cluster.conninfo(b);
  expect_nothing(test, "noise", goal, test.fixture.to(), findings);
  const Result plan = run_plan(live, test.fixture.to(), "sql");
  if (plan.status != kPending && plan.status != kNothingToDo) {
    findings.fail(test.name, "plan: " + plan.err);
    return;
  }
  const Result applied = test.cluster.psql(a, plan.out);
  if (applied.status != 0) {
    findings.fail(test.name, "apply: " + applied.err + plan.out);
    return;
  }
  expect_nothing(test, "not settled", live, test.fixture.to(), findings);
}

}  // namespace

TEST_CASE("servers of other versions", "[versions]") {
  Findings findings;
  const std::vector<Fixture> all = fixtures();
  const std::size_t stride =
      std::getenv("SCHEMADIFF_LONG") || std::getenv("SCHEMADIFF_ONLY") ? 1 : 8;
  std::size_t offset = 0;
  for (const Server& server : other_servers()) {
    const Cluster cluster(server.programs);
    create_roles(cluster);
    std::vector<Case> cases;
    for (std::size_t i = offset++; i < all.size(); i += stride)
      if (!all[i].is_error())
        cases.push_back(
            {all[i], server.name + ": " + all[i].name, cluster, std::stoi(server.name) >= 15});
    std::atomic<int> refused = 0;
    for_each_parallel(cases, 2, findings, [&](const Case& test, unsigned worker) {
      judge(test, worker, findings, refused);
    });
    std::cout << "version " << server.name << ": " << cases.size() << " fixtures, " << refused
              << " that it does not have\n";
  }
  report(findings);
}

}  // namespace schemadiff::testing
