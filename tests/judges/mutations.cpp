// Judge 5: after small changes of a schema's text, the plans there and back are empty if and only
// if PostgreSQL sees no difference, and what they do is what PostgreSQL sees.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <set>

#include "parser/analyze/analyze.h"
#include "parser/parser.h"
#include "schema/dump.h"
#include "tests/judges/agreement.h"
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
  std::string text;
  std::string donor;        // a schema that has other values for attributes; may be empty
  bool runs_code = false;   // see CorpusSchema
  bool attributes = false;  // mutated by attributes, else by tokens
  unsigned seed = 0;
  int mutants = 0;
};

// What mutants are made from: databases `base` and `changed` are one worker's.
struct Ground {
  std::string name;
  std::string prelude;
  std::vector<std::string> statements;
  std::string base;
  std::string changed;
  std::filesystem::path file, base_file;  // of the mutated schema, of the one as it was
  std::vector<std::string> dump;          // of base
};

struct Tally {
  std::atomic<int> judged{0};
  std::atomic<int> refused{0};  // by PostgreSQL: no case
  std::atomic<int> missed{0};
  std::atomic<int> phantom{0};
  std::atomic<int> unreadable{0};
  std::atomic<int> wrong{0};
  std::mutex mutex;
  std::set<std::string> attributes;  // that differ in what was judged

  void take(const std::vector<const Mutant*>& mutants) {
    const std::lock_guard lock(mutex);
    judged += static_cast<int>(mutants.size());
    for (const Mutant* mutant : mutants)
      attributes.insert(mutant->what.substr(0, mutant->what.find(" in\n")));
  }
};

using Batch = std::vector<const Mutant*>;

// The mutants of others stay when a subject is added.
unsigned seed_of(const std::string& subject) {
  return number_of(subject, static_cast<unsigned>(number_from("SCHEMADIFF_SEED", 1)));
}

// SCHEMADIFF_MUTANTS is how many each schema of the corpus has of both sorts.
std::vector<Subject> subjects() {
  std::vector<Subject> result;
  const int many = number_from("SCHEMADIFF_MUTANTS", long_form() ? 260 : 16);
  const std::size_t largest = long_form() ? 300'000 : 100'000;  // a large schema takes long to load
  for (const CorpusSchema& schema : corpus()) {
    const std::string text = read_file(schema.schema);
    if (text.size() > largest) continue;
    const std::string prelude = schema.prelude ? read_file(*schema.prelude) : "";
    for (const bool attributes : {false, true})
      result.push_back({schema.name, prelude, text, "", schema.runs_code, attributes,
                        seed_of(schema.name), many});
  }
  // The short form takes some of the fixtures, others with another seed.
  const bool all = long_form();
  for (const Fixture& fixture : fixtures()) {
    const unsigned seed = seed_of(fixture.name);
    if (fixture.is_error() || (!all && seed % 12 != 0)) continue;
    const std::string text = read_file(fixture.to());
    if (split_statements(text).empty()) continue;
    for (const bool attributes : {false, true})
      result.push_back({fixture.name, "", text, read_file(fixture.from()), false, attributes, seed,
                        long_form() ? 8 : 2});
  }
  return result;
}

std::string text_of(const std::vector<std::string>& statements) {
  std::string text;
  for (const std::string& statement : statements) text += statement + ";\n";
  return text;
}

// The statements with the mutants in them; `write` writes a mutant.
template <class Write>
std::string with_mutants(const Ground& ground, const Batch& batch, Write write) {
  std::string text = ground.prelude;
  std::size_t next = 0;
  const auto copy = [&](std::size_t end) {
    for (; next < end; ++next) text += ground.statements[next] + ";\n";
  };
  for (const Mutant* mutant : batch) {
    copy(mutant->first);
    text += write(*mutant);
    next = mutant->last;
  }
  copy(ground.statements.size());
  return text;
}

// psql takes the mutant, or the original and says "refused".
std::string attempt(const Ground& ground, const Mutant& mutant) {
  std::string text = "\\set ON_ERROR_STOP off\n\\set refused false\nBEGIN;\n";
  for (const std::string& statement : mutant.statements)
    text += statement + ";\n\\if :ERROR\n\\set refused true\n\\endif\n";
  text += "\\if :refused\nROLLBACK;\n\\set ON_ERROR_STOP on\n";
  for (std::size_t i = mutant.first; i < mutant.last; ++i) text += ground.statements[i] + ";\n";
  text += "\\echo refused " + std::to_string(mutant.first) + "\n\\else\nCOMMIT;\n\\endif\n";
  return text + "\\set ON_ERROR_STOP on\n";
}

// Builds the mutated database; the mutants that PostgreSQL took. None where it cannot be built.
std::optional<Batch> build(const Ground& ground, const Batch& batch) {
  const Cluster& cluster = shared_cluster();
  write_file(ground.file, with_mutants(ground, batch, [&](const Mutant& mutant) {
               return attempt(ground, mutant);
             }));
  cluster.create_database(ground.changed);
  const Result built = cluster.psql_file(ground.changed, ground.file);
  if (built.status != 0) return std::nullopt;
  Batch taken;
  for (const Mutant* mutant : batch)
    if (("\n" + built.out).find("\nrefused " + std::to_string(mutant->first) + "\n") ==
        std::string::npos)
      taken.push_back(mutant);
  return taken;
}

struct Finding {
  std::atomic<int> Tally::*rate = nullptr;
  std::string what;
  std::string detail;
  bool told = false;  // the plan says that PostgreSQL leaves something as it is
};

// Where a plan starts and where it leads.
struct Leg {
  std::string database;
  std::filesystem::path file;            // what the database shall be
  std::vector<std::string> start, goal;  // dumps
};

// What is wrong with the plan, which is applied to the database.
std::optional<Finding> fault(const Leg& leg) {
  const Cluster& cluster = shared_cluster();
  const Result plan = run_plan(cluster.conninfo(leg.database), leg.file, "sql");
  if (plan.status != kNothingToDo && plan.status != kPending)
    return Finding{&Tally::unreadable, "unreadable", plan.err};
  if (leg.start == leg.goal && plan.status == kPending)
    return Finding{&Tally::phantom, "phantom", plan.out};
  if (leg.start != leg.goal && plan.status == kNothingToDo)
    return Finding{&Tally::missed, "missed", difference(leg.goal, leg.start), owns_up(plan)};
  if (plan.status == kNothingToDo) return std::nullopt;
  const Result applied = cluster.psql(leg.database, plan.out);
  if (applied.status != 0) return Finding{&Tally::wrong, "wrong", applied.err + plan.out};
  const auto got = normalise_dump(cluster.dump(leg.database));
  if (got == leg.goal) return std::nullopt;
  return Finding{&Tally::wrong, "wrong", difference(leg.goal, got) + plan.out, owns_up(plan)};
}

// What is wrong with the plans to the mutated schema, whose database is there, and back.
std::optional<Finding> fault(const Ground& ground, const Batch& batch) {
  const Cluster& cluster = shared_cluster();
  write_file(ground.file, with_mutants(ground, batch, [](const Mutant& mutant) {
               return text_of(mutant.statements);
             }));
  const auto after = normalise_dump(cluster.dump(ground.changed));
  const Result settled = run_plan(cluster.conninfo(ground.changed), ground.file, "sql");
  if (settled.status != kNothingToDo)
    return Finding{&Tally::phantom, "phantom, once it is applied", settled.err + settled.out};
  if (auto back = fault({ground.changed, ground.base_file, after, ground.dump})) {
    back->what += ", on the way back";
    return back;
  }
  cluster.create_database(ground.changed, ground.base);
  return fault({ground.changed, ground.file, ground.dump, after});
}

// All mutants at once; where that fails, by halves, down to the one that does it. True: no fault.
bool judge(const Ground& ground, const Batch& batch, Findings& findings, Tally& tally) {
  const auto halves = [&] {
    const auto middle = batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 2);
    const bool first = judge(ground, Batch(batch.begin(), middle), findings, tally);
    return judge(ground, Batch(middle, batch.end()), findings, tally) && first;
  };
  const auto taken = build(ground, batch);
  if (!taken && batch.size() > 1) return halves();
  if (!taken || taken->empty()) {
    tally.refused += static_cast<int>(batch.size());
    return true;
  }
  const auto found = fault(ground, *taken);
  if (found && batch.size() > 1 && !halves()) return false;
  if (!found || found->told) {  // alone, or the halves of the batch had no fault
    tally.refused += static_cast<int>(batch.size() - taken->size());
    tally.take(*taken);
    return true;
  }
  ++(tally.*found->rate);
  std::string what = found->what + ": ";
  for (const Mutant* mutant : *taken) what += mutant->what + "\n";
  what += found->detail;
  if (batch.size() == 1) tally.take(*taken);
  if (long_form()) std::cout << "found in " + ground.name + ", " + what + '\n' << std::flush;
  findings.fail(ground.name, what);
  return false;
}

// In batches that change a statement once; what changes many statements is judged alone.
std::vector<Batch> batches_of(const std::vector<Mutant>& mutants) {
  constexpr std::size_t kLargest = 24;
  std::vector<Batch> batches;
  for (const Mutant& mutant : mutants) {
    const auto fits = [&](const Batch& batch) {
      return batch.size() < kLargest &&
             std::all_of(batch.begin(), batch.end(), [&](const Mutant* other) {
               return other->last <= mutant.first && other->first < mutant.first;
             });
    };
    const auto batch = std::find_if(batches.begin(), batches.end(), fits);
    if (batch == batches.end()) {
      batches.push_back({&mutant});
    } else {
      batch->push_back(&mutant);
    }
  }
  return batches;
}

schema::Catalog load(const std::string& text) {
  schema::Catalog catalog = parser::parse({{"schema.sql", text}});
  parser::analyze(catalog, {});
  return catalog;
}

std::vector<Mutant> mutants_of(const Subject& subject, const schema::Catalog& catalog,
                               const Ground& ground) {
  std::mt19937 random(subject.seed);
  const schema::Catalog donor = subject.donor.empty() ? catalog : load(subject.donor);
  std::vector<Mutant> mutants;
  constexpr int kTries = 4;
  for (int tries = 0; tries < kTries * subject.mutants; ++tries) {
    if (static_cast<int>(mutants.size()) == subject.mutants) break;
    if (!subject.attributes)
      mutants.push_back(mutate(ground.statements, random));
    else if (auto mutant = mutate_attribute(catalog, donor, ground.statements, random))
      mutants.push_back(std::move(*mutant));
  }
  std::stable_sort(mutants.begin(), mutants.end(),
                   [](const Mutant& a, const Mutant& b) { return a.first < b.first; });
  return mutants;
}

void judge(const Subject& subject, unsigned worker, Findings& findings, Tally& tally) {
  const Cluster& cluster = shared_cluster();
  const std::string number = std::to_string(worker);
  const auto file = [&](const std::string& what) {
    return std::filesystem::temp_directory_path() /
           ("schemadiff-" + what + "-" + std::to_string(getpid()) + "-" + number + ".sql");
  };
  Ground ground{subject.name,
                subject.prelude,
                split_statements(subject.text),
                "base_" + number,
                "changed_" + number,
                file("mutant"),
                file("base"),
                {}};
  const auto load_base = [&] {
    std::erase_if(ground.statements,
                  [](const std::string& text) { return text == "BEGIN" || text == "COMMIT"; });
    cluster.create_database(ground.base);
    const Result loaded = cluster.psql(ground.base, ground.prelude + text_of(ground.statements));
    if (loaded.status != 0) throw std::runtime_error(loaded.err);
    return cluster.dump(ground.base);
  };
  std::string dump = load_base();
  schema::Catalog catalog;
  if (subject.runs_code || subject.attributes) {
    ground.statements = split_statements(dump);
    ground.prelude.clear();
  }
  if (subject.attributes) {
    catalog = load(subject.prelude.empty() ? subject.text : dump);
    ground.statements = split_statements(schema::dump(catalog));
    dump = load_base();
  }
  ground.dump = normalise_dump(dump);
  write_file(ground.base_file, ground.prelude + text_of(ground.statements));
  const std::vector<Mutant> mutants = mutants_of(subject, catalog, ground);
  for (const Batch& batch : batches_of(mutants)) judge(ground, batch, findings, tally);
  std::filesystem::remove(ground.file);
  std::filesystem::remove(ground.base_file);
}

// Of the attribute tables; not reached are those that nothing in the corpus and the fixtures has.
void report_reach(const Tally& tally) {
  std::cout << "attributes and rules mutated: " << tally.attributes.size() << '\n';
  if (!long_form()) return;
  for (const std::string& attribute : tally.attributes) std::cout << "  " << attribute << '\n';
}

}  // namespace

TEST_CASE("small changes are neither missed nor made up", "[mutations]") {
  Findings findings;
  Tally tally;
  for_each_parallel(subjects(), 2, findings, [&](const Subject& subject, unsigned worker) {
    judge(subject, worker, findings, tally);
  });
  std::cout << "mutants judged: " << tally.judged << ", missed " << tally.missed << ", phantom "
            << tally.phantom << ", wrongly applied " << tally.wrong << ", unreadable "
            << tally.unreadable << "; refused by PostgreSQL: " << tally.refused << '\n';
  report_reach(tally);
  report(findings);
}

}  // namespace schemadiff::testing
