// The other server versions: their catalogs are read as the files say, and plans lead there and
// back.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/judges/agreement.h"
#include "tests/judges/findings.h"
#include "tests/judges/tool.h"
#include "tests/support/paths.h"
#include "tests/support/sql_text.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

struct Case {
  std::string name;  // "13: view/replaced"
  std::filesystem::path from, to;
  bool live = false;  // the files are for the server alone: the goal is a database made from one
};

class Judge {
 public:
  Judge(const Server& server, Findings& findings)
      : version_(server.name), findings_(findings), cluster_(server.programs) {
    create_roles(cluster_);
  }

  // The fixtures whose number is `one` of each `in`.
  void run(unsigned one, unsigned in) {
    std::vector<Case> cases;
    for (const Fixture& fixture : fixtures())
      if (number_of(fixture.name) % in == one && !fixture.is_error() &&
          (long_form() || !fixture.is_risk()))
        cases.push_back({version_ + ": " + fixture.name, fixture.from(), fixture.to()});
    for (int since = long_form() ? 16 : std::stoi(version_); since <= std::stoi(version_); ++since)
      for (const Fixture& fixture : live_fixtures(std::to_string(since)))
        cases.push_back({version_ + ": " + fixture.name, fixture.from(), fixture.to(), true});
    for_each_parallel(cases, 2, findings_, [&](const Case& test, unsigned worker) {
      judge_pair(test, std::to_string(worker));
    });
    std::cout << "version " << version_ << ": " << cases.size() << " pairs, " << refused_
              << " that it does not have\n";
  }

  // A real schema's database against its file and against its own dump.
  void run_corpus() {
    refused_ = 0;
    std::vector<CorpusSchema> schemas = corpus();
    std::erase_if(schemas, [](const CorpusSchema& schema) {
      return schema.runs_code ||
             (!long_form() && std::filesystem::file_size(schema.schema) > kSmall);
    });
    for_each_parallel(schemas, 2, findings_, [&](const CorpusSchema& schema, unsigned worker) {
      judge_corpus(schema, std::to_string(worker));
    });
    std::cout << "version " << version_ << ": " << schemas.size() << " real schemas, " << refused_
              << " that it does not have\n";
  }

 private:
  static constexpr std::uintmax_t kSmall = 60000;  // bytes, of what the short form looks at

  // Whether the server has what the file asks for: fills a fresh database with it.
  bool fill(const std::string& subject, const std::string& database,
            const std::filesystem::path& file, bool must) {
    cluster_.create_database(database);
    const Result loaded = cluster_.psql_file(database, file);
    if (loaded.status == 0) return true;
    if (must) findings_.fail(subject, "refused: " + loaded.err);
    ++refused_;
    return false;
  }

  void expect_nothing(const std::string& subject, const std::string& from, const std::string& to) {
    if (const auto found = noise(from, to)) findings_.fail(subject, "noise: " + *found);
  }

  void judge_way(const Case& test, const std::string& way, const std::filesystem::path& start_file,
                 const std::filesystem::path& goal_file, const std::string& worker) {
    const std::string a = "start_" + worker, b = "goal_" + worker;
    const Dump start = build(a, start_file, ground_);
    const Dump goal = build(b, goal_file, ground_);
    const std::string live = cluster_.conninfo(b);
    if (!test.live) expect_nothing(test.name + way, live, goal_file);
    // a dump of an older server has the schema public of 15, in which PUBLIC may not create
    const bool same_public = std::stoi(version_) >= 15;
    if (const Dump again = restored(b, ground_); same_public && again != goal)
      findings_.fail(test.name + way, "dump:\n" + difference(goal, again));
    const Verdict verdict =
        judge({a, start, goal, start_file, test.live ? live : goal_file.string()}, ground_);
    for (const std::string& failure : verdict.failures) findings_.fail(test.name + way, failure);
  }

  void judge_pair(const Case& test, const std::string& worker) {
    const bool must = test.live || std::stoi(version_) >= 15;
    const std::string database = "start_" + worker;
    if (!fill(test.name, database, test.from, must) || !fill(test.name, database, test.to, must))
      return;
    judge_way(test, " forward", test.from, test.to, worker);
    judge_way(test, " backward", test.to, test.from, worker);
  }

  void judge_corpus(const CorpusSchema& schema, const std::string& worker) {
    const std::string subject = version_ + ": corpus/" + schema.name;
    const std::string database = "corpus_" + worker;
    const auto stem = std::filesystem::temp_directory_path() /
                      ("schemadiff-versions-" + std::to_string(getpid()) + "-" + worker);
    const std::string file = stem.string() + ".sql", dump = stem.string() + ".dump.sql";
    write_file(file, (schema.prelude ? read_file(*schema.prelude) : "") + read_file(schema.schema));
    if (fill(subject, database, file, false)) {
      const std::string live = cluster_.conninfo(database);
      expect_nothing(subject + " against its file", live, file);
      write_file(dump, ground_.script(cluster_, database));
      expect_nothing(subject + " against its dump", live, dump);
      std::filesystem::remove(dump);
    }
    std::filesystem::remove(file);
  }

  std::string version_;
  Findings& findings_;
  Cluster cluster_;
  Ground ground_ = other_ground(cluster_);
  std::atomic<int> refused_ = 0;
};

}  // namespace

TEST_CASE("servers of other versions", "[versions]") {
  Findings findings;
  unsigned one = 0;
  for (const Server& server : other_servers()) {
    Judge judge(server, findings);
    if (long_form())
      judge.run(0, 1);
    else
      judge.run(one++, 96);
    judge.run_corpus();
  }
  report(findings);
}

}  // namespace schemadiff::testing
