// Judge 7: applications work while schemadiff applies a plan. The old one runs from before expand
// to the end of migrate, the new one from the end of expand to after contract. What the new one
// looks for by columns that migrate fills and indexes is promised from the end of migrate on:
// app_reads.sql, where there is one, runs from then on.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <future>
#include <iostream>
#include <optional>
#include <sstream>

#include "tests/judges/applied.h"
#include "tests/judges/findings.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

namespace fs = std::filesystem;

// The others are of the long form.
constexpr std::array<std::string_view, 5> kShortForm{"fill/identity", "repartition/table",
                                                     "retype/key", "retype/text_to_enum",
                                                     "scenarios/law-firm"};

bool is_judged(const Fixture& fixture) {
  if (!fs::exists(fixture.directory / "app_old.sql")) return false;
  return long_form() ||
         std::find(kShortForm.begin(), kShortForm.end(), fixture.name) != kShortForm.end();
}

struct Traffic {
  double longest_ms = 0;
  long transactions = 0;
  std::string failure;  // empty: none
};

// A load of pgbench that goes on until it is stopped.
class Load {
 public:
  Load(const std::string& database, const fs::path& script, const fs::path& directory)
      : database_(database), script_(script), directory_(directory) {
    running_ = std::async(std::launch::async, [this] { return drive(); });
  }
  Traffic stop() {
    stopped_ = true;
    return running_.get();
  }

 private:
  Traffic drive() {
    Traffic traffic;
    fs::create_directories(directory_);
    for (int round = 0; !stopped_ && traffic.failure.empty(); ++round) {
      const std::string prefix = (directory_ / std::to_string(round)).string();
      const Result result =
          run({.argv = {pg_program("pgbench"), "--no-vacuum", "--client=4", "--time=2", "--log",
                        "--log-prefix=" + prefix, "--file=" + script_.string(),
                        shared_cluster().conninfo(database_)}});
      if (result.status != 0) traffic.failure = result.err;
      read_log(prefix, traffic);
    }
    return traffic;
  }

  // A line a transaction: client, number, microseconds, script, time of day.
  void read_log(const std::string& prefix, Traffic& traffic) const {
    for (const auto& entry : fs::directory_iterator(directory_)) {
      if (!entry.path().string().starts_with(prefix + ".")) continue;
      std::ifstream log(entry.path());
      for (std::string line; std::getline(log, line);) {
        std::istringstream fields(line);
        long client = 0, number = 0;
        double microseconds = 0;
        if (!(fields >> client >> number >> microseconds)) continue;
        ++traffic.transactions;
        traffic.longest_ms = std::max(traffic.longest_ms, microseconds / 1000);
      }
    }
  }

  std::string database_;
  fs::path script_, directory_;
  std::atomic<bool> stopped_ = false;
  std::future<Traffic> running_;
};

class Case {
 public:
  Case(const Fixture& fixture, Findings& findings)
      : fixture_(fixture),
        findings_(findings),
        directory_(fs::temp_directory_path() / ("schemadiff-live-" + std::to_string(getpid()))) {
    fs::create_directories(directory_);
    fs::permissions(directory_, fs::perms::all);
  }
  ~Case() { fs::remove_all(directory_); }
  Case(const Case&) = delete;
  Case& operator=(const Case&) = delete;

  void judge() {
    const Cluster& cluster = shared_cluster();
    build_with_rows(kDatabase, fixture_, long_form() ? 1'000'000 : 100'000);
    Load quiet(kDatabase, script("app_old.sql"), directory_ / "quiet");
    sleep(4);
    const Traffic noise = quiet.stop();

    Load old_app(kDatabase, script("app_old.sql"), directory_ / "old");
    sleep(1);
    apply("expand");
    Load new_app(kDatabase, script("app_new.sql"), directory_ / "new");
    apply("migrate");
    const Traffic old_traffic = old_app.stop();
    std::optional<Load> reads;
    if (fs::exists(script("app_reads.sql")))
      reads.emplace(kDatabase, script("app_reads.sql"), directory_ / "reads");
    apply("contract");
    sleep(1);
    const Traffic new_traffic = new_app.stop();

    tell("old application", old_traffic, noise);
    tell("new application", new_traffic, noise);
    if (reads) tell("new application's reads", reads->stop(), noise);
    const Result check = cluster.psql_file(kDatabase, fixture_.directory / "check.sql");
    if (check.status != 0) findings_.fail(fixture_.name, "data: " + check.err);
  }

 private:
  static constexpr const char* kDatabase = "live_traffic";

  std::string script(const std::string& name) const { return fixture_.directory / name; }

  void apply(const std::string& phase) {
    const auto began = std::chrono::steady_clock::now();
    const Result applied = testing::apply(kDatabase, fixture_.to(), {"--phase", phase});
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - began;
    std::cout << "live: " << fixture_.name << ", " << phase << ": " << time.count() << " s\n";
    if (applied.status != 0) findings_.fail(fixture_.name, phase + ": " + applied.err);
  }

  void tell(const std::string& who, const Traffic& traffic, const Traffic& noise) {
    if (!traffic.failure.empty()) findings_.fail(fixture_.name, who + ": " + traffic.failure);
    std::cout << "live: " << fixture_.name << ", " << who << ": " << traffic.transactions
              << " transactions, longest " << traffic.longest_ms << " ms (without a plan "
              << noise.longest_ms << " ms)\n";
    if (traffic.transactions == 0) findings_.fail(fixture_.name, who + " did nothing");
    // a crowded machine of CI says little of milliseconds
    if (long_form() && traffic.longest_ms > noise.longest_ms + 200)
      findings_.fail(fixture_.name,
                     who + " was held up for " + std::to_string(traffic.longest_ms) + " ms");
  }

  const Fixture& fixture_;
  Findings& findings_;
  fs::path directory_;
};

}  // namespace

TEST_CASE("applications work while a plan is applied", "[live]") {
  Findings findings;
  bool any = false;
  for (const Fixture& fixture : fixtures()) {
    if (!is_judged(fixture)) continue;
    any = true;
    Case(fixture, findings).judge();
  }
  CHECK((any || std::getenv("SCHEMADIFF_ONLY")));
  report(findings);
}

}  // namespace schemadiff::testing
