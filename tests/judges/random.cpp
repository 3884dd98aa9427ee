// Judge 9: PostgreSQL agrees with the plans between random schemas.
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <mutex>
#include <set>

#include "tests/judges/agreement.h"
#include "tests/judges/findings.h"
#include "tests/judges/random_schema.h"
#include "tests/judges/random_shrink.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

struct Seed {
  std::string name;
  unsigned seed = 0;
};

// SCHEMADIFF_SEED=n runs one; with SCHEMADIFF_PAIRS=m it is the first of m.
std::vector<Seed> seeds() {
  const bool one = std::getenv("SCHEMADIFF_SEED") != nullptr;
  const int by_default = one ? 1 : std::getenv("SCHEMADIFF_LONG") != nullptr ? 1000 : 20;
  const int first = number_from("SCHEMADIFF_SEED", 1);
  std::vector<Seed> result;
  for (int i = first; i < first + number_from("SCHEMADIFF_PAIRS", by_default); ++i)
    result.push_back({"seed " + std::to_string(i), static_cast<unsigned>(i)});
  return result;
}

// SCHEMADIFF_SERVER=18 judges on that server instead of the build's own.
const Ground& ground() {
  const char* chosen = std::getenv("SCHEMADIFF_SERVER");
  if (chosen == nullptr) return shared_ground();
  static const std::unique_ptr<const Cluster> cluster = [&] {
    for (const Server& server : other_servers()) {
      if (server.name != chosen) continue;
      auto other = std::make_unique<const Cluster>(server.programs);
      create_roles(*other);
      return other;
    }
    throw std::runtime_error(std::string("there is no server of version ") + chosen);
  }();
  static const Ground other = other_ground(*cluster);
  return other;
}

struct Failure {
  std::string where;  // "noise", "forward", "backward"
  std::string what;
};

// What stays the same while a failing pair shrinks: the place, the sort, and the first line of the
// error, the difference or the plan without names and numbers.
std::string class_of(const Failure& failure) {
  const std::string& what = failure.what;
  const std::size_t error = what.substr(0, 300).find("ERROR: ");
  const std::size_t step = what.find("-- s001");
  const bool is_plan =
      what.starts_with("status") || what.starts_with("not") || what.starts_with("ph");
  const std::size_t start = error != std::string::npos             ? error
                            : is_plan && step != std::string::npos ? what.find("risk: ", step)
                            : what.find(":\n") < 20                ? what.find('\n') + 1
                                                                   : 0;
  const std::size_t line = what.find('\n', start);
  std::string text = failure.where + " " + what.substr(0, what.find_first_of(":\n")) + ": ";
  bool quoted = false;
  int words = 0;
  for (const char c : what.substr(start, line - start)) {
    if (c == '"') quoted = !quoted;
    if (c == ' ' && ++words == 3 && error == std::string::npos) break;
    if (!quoted && (std::isdigit(static_cast<unsigned char>(c)) == 0)) text += c;
  }
  return text;
}

// The files and databases of one worker.
class Bench {
 public:
  explicit Bench(unsigned worker)
      : directory_(
            std::filesystem::temp_directory_path() /
            ("schemadiff-random-" + std::to_string(getpid()) + "-" + std::to_string(worker))),
        a_("random_a_" + std::to_string(worker)),
        b_("random_b_" + std::to_string(worker)) {
    std::filesystem::create_directories(directory_);
  }
  ~Bench() { std::filesystem::remove_all(directory_); }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  // Throws when PostgreSQL refuses the pair. `only` one place, where one is named.
  std::vector<Failure> judge_pair(const SchemaPair& pair, const std::string& only) {
    const auto from = directory_ / "from.sql";
    const auto to = directory_ / "to.sql";
    write_file(from, sql_of(pair.from));
    write_file(to, sql_of(pair.to));
    const Dump a = build(a_, from, ground());
    const Dump b = build(b_, to, ground());
    std::vector<Failure> failures;
    const auto wanted = [&](const char* place) { return only.empty() || only == place; };
    if (wanted("noise")) {
      judge_noise(a_, from, failures);
      judge_noise(b_, to, failures);
    }
    if (!failures.empty()) return failures;  // the plans would hold the same noise
    if (wanted("forward")) judge_leg("forward", {a_, a, b, from, to}, failures);
    if (wanted("backward")) judge_leg("backward", {b_, b, a, to, from}, failures);
    return failures;
  }

 private:
  static void judge_leg(const char* where, const Leg& leg, std::vector<Failure>& failures) {
    for (const std::string& what : judge(leg, ground()).failures) failures.push_back({where, what});
  }

  static void judge_noise(const std::string& database, const std::filesystem::path& file,
                          std::vector<Failure>& failures) {
    const std::string live = ground().cluster.conninfo(database);
    if (const auto what = noise(live, file)) failures.push_back({"noise", *what});
    if (const auto what = noise(file, live)) failures.push_back({"noise", *what});
  }

  std::filesystem::path directory_;
  std::string a_;
  std::string b_;
};

struct Tally {
  std::atomic<int> judged{0};
  std::atomic<int> refused{0};
  std::atomic<int> failed{0};
  std::mutex mutex;
  std::set<std::string> classes;  // of failures that are shown already

  bool is_new(const std::string& failure_class) {
    const std::lock_guard lock(mutex);
    return classes.insert(failure_class).second;
  }
};

std::string text_of(const SchemaPair& pair) {
  return "-- from\n" + sql_of(pair.from) + "-- to\n" + sql_of(pair.to);
}

std::string small_pair(Bench& bench, const SchemaPair& pair, const Failure& failure) {
  const std::string wanted = class_of(failure);
  std::string what = failure.what;
  const SchemaPair small = shrink(pair, [&](const SchemaPair& smaller) {
    try {
      for (const Failure& found : bench.judge_pair(smaller, failure.where)) {
        if (class_of(found) != wanted) continue;
        what = found.what;
        return true;
      }
    } catch (const std::runtime_error&) {  // no schema of PostgreSQL's
    }
    return false;
  });
  return text_of(small) + "-- " + what;
}

void judge_seed(const Seed& seed, unsigned worker, Findings& findings, Tally& tally) {
  Bench bench(worker);
  const SchemaPair pair = random_pair(seed.seed);
  if (std::getenv("SCHEMADIFF_SEED") != nullptr && std::getenv("SCHEMADIFF_PAIRS") == nullptr)
    std::cout << text_of(pair);
  std::vector<Failure> failures;
  try {
    failures = bench.judge_pair(pair, "");
  } catch (const std::runtime_error& error) {
    ++tally.refused;
    findings.note(seed.name, std::string("refused: ") + error.what());
    return;
  }
  ++tally.judged;
  if (!failures.empty()) ++tally.failed;
  for (const Failure& failure : failures) {
    const std::string failure_class = class_of(failure);
    findings.fail(seed.name, failure_class);
    if (tally.is_new(failure_class))
      findings.note(seed.name, failure_class + "\n" + small_pair(bench, pair, failure));
  }
}

}  // namespace

TEST_CASE("PostgreSQL agrees with the plans of random schemas", "[random]") {
  Findings findings;
  Tally tally;
  for_each_parallel(seeds(), 2, findings, [&](const Seed& seed, unsigned worker) {
    judge_seed(seed, worker, findings, tally);
  });
  std::cout << "random pairs judged: " << tally.judged << ", failed " << tally.failed
            << "; refused by PostgreSQL: " << tally.refused << '\n';
  report(findings);
}

}  // namespace schemadiff::testing
