// Judge 9, with real schemas: PostgreSQL agrees with the plans between random parts of one.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "tests/judges/agreement.h"
#include "tests/judges/findings.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"
#include "tests/support/sql_text.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

struct Pair {
  std::string name;  // "pagila 17"
  CorpusSchema schema;
  unsigned seed = 0;
};

// SCHEMADIFF_PAIRS of them from SCHEMADIFF_SEED on, the schemas in turn.
std::vector<Pair> pairs() {
  constexpr std::uintmax_t kLargest = 120'000;  // of the short form: a large one takes long to load
  std::vector<CorpusSchema> schemas = corpus();
  std::erase_if(schemas, [](const CorpusSchema& schema) {
    return !long_form() && std::filesystem::file_size(schema.schema) > kLargest;
  });
  std::vector<Pair> result;
  const int first = number_from("SCHEMADIFF_SEED", 1);
  const int last = first + number_from("SCHEMADIFF_PAIRS", long_form() ? 300 : 3);
  for (int i = first; i < last && !schemas.empty(); ++i) {
    const CorpusSchema& schema = schemas[static_cast<std::size_t>(i) % schemas.size()];
    result.push_back({schema.name + " " + std::to_string(i), schema, static_cast<unsigned>(i)});
  }
  return result;
}

bool starts_with_one_of(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

// A partitioned key without all of its parts is no state that a complete schema has.
bool is_of_partition(const std::string& statement, const std::set<std::string>& partitions) {
  if (statement.find(" ATTACH PARTITION ") != std::string::npos)
    return statement.starts_with("ALTER INDEX ");
  if (!starts_with_one_of(statement,
                          {"ALTER TABLE ONLY ", "CREATE INDEX ", "CREATE UNIQUE INDEX "}))
    return false;
  return std::any_of(partitions.begin(), partitions.end(), [&](const std::string& name) {
    return statement.find(' ' + name + ' ') != std::string::npos;
  });
}

std::set<std::string> partitions_in(const std::vector<std::string>& statements) {
  constexpr std::string_view kAttach = " ATTACH PARTITION ";
  std::set<std::string> names;
  for (const std::string& statement : statements) {
    const std::size_t place = statement.find(kAttach);
    if (place == std::string::npos || !statement.starts_with("ALTER TABLE ")) continue;
    const std::size_t start = place + kAttach.size();
    names.insert(statement.substr(start, statement.find(" FOR VALUES", start) - start));
    names.insert(statement.substr(17, place - 17));  // "ALTER TABLE ONLY "
  }
  return names;
}

// Some statements are left out, and what needs what they make fails to load and is out, too.
std::string part_of(const std::vector<std::string>& statements, std::mt19937& random) {
  constexpr double kShares[] = {0.01, 0.05, 0.15, 0.6};
  const double left_out = kShares[random() % std::size(kShares)];
  const std::set<std::string> partitions = partitions_in(statements);
  std::bernoulli_distribution leave_out(left_out);
  std::string text = "\\set ON_ERROR_STOP off\n";
  for (const std::string& statement : statements) {
    const bool leaves = leave_out(random);
    if (!leaves || is_of_partition(statement, partitions) ||
        starts_with_one_of(statement, {"CREATE SCHEMA ", "CREATE EXTENSION ", "SET ", "SELECT "}))
      text += statement + ";\n";
  }
  return text;
}

// The databases and files of one worker.
struct Bench {
  explicit Bench(unsigned worker)
      : directory(std::filesystem::temp_directory_path() /
                  ("schemadiff-parts-" + std::to_string(getpid()) + "-" + std::to_string(worker))),
        base("parts_base_" + std::to_string(worker)) {
    std::filesystem::create_directories(directory);
  }
  ~Bench() { std::filesystem::remove_all(directory); }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  struct Side {
    std::string database;
    std::filesystem::path file;  // a dump of it
    Dump holds;
  };

  Side side(const std::string& database, const std::string& text) const {
    const Cluster& cluster = shared_cluster();
    cluster.create_database(database);
    cluster.psql(database, text);
    Side result{database, directory / (database + ".sql"), {}};
    write_file(result.file, cluster.dump(database));
    result.holds = shared_ground().dump(cluster, database);
    return result;
  }

  std::filesystem::path directory;
  std::string base;
};

// Whether the two differ.
bool judge_pair(const Pair& pair, unsigned worker, Findings& findings) {
  const Bench bench(worker);
  const Cluster& cluster = shared_cluster();
  cluster.create_database(bench.base);
  const std::string prelude = pair.schema.prelude ? read_file(*pair.schema.prelude) : "";
  cluster.psql(bench.base, prelude + read_file(pair.schema.schema));
  const std::vector<std::string> statements = split_statements(cluster.dump(bench.base));
  std::mt19937 random(pair.seed);
  const std::string first = part_of(statements, random);
  const auto a = bench.side("parts_a_" + std::to_string(worker), first);
  const auto b = bench.side("parts_b_" + std::to_string(worker), part_of(statements, random));
  judge(pair.name + " forward",
        {a.database, a.holds, b.holds, a.file, cluster.conninfo(b.database)}, findings);
  bench.side(a.database, first);  // as it was before the way there
  judge(pair.name + " backward",
        {b.database, b.holds, a.holds, b.file, cluster.conninfo(a.database), long_form()},
        findings);
  return a.holds != b.holds;
}

}  // namespace

TEST_CASE("PostgreSQL agrees with the plans between parts of real schemas", "[parts]") {
  Findings findings;
  std::atomic<int> differ{0};
  const std::vector<Pair> all = pairs();
  for_each_parallel(all, 2, findings, [&](const Pair& pair, unsigned worker) {
    if (judge_pair(pair, worker, findings)) ++differ;
  });
  std::cout << "pairs of parts: " << all.size() << ", of which differ " << differ << '\n';
  CHECK((differ > 0 || all.empty()));
  report(findings);
}

}  // namespace schemadiff::testing
