// docs/locks.md shows operators the table of operations; the judge of locks measures it.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/judges/lock_examples.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

std::string row(const LockExample& example) {
  const engine::LockClaim claim = engine::claim({{example.op, {example.relation}}});
  const auto yes = [](bool value, const char* word) { return value ? word : ""; };
  const std::string versions = example.since == kNotMeasured ? "not measured"
                               : example.since == 18         ? "18"
                                                     : std::to_string(example.since) + "–18";
  const std::string note = example.note;
  return std::string("| `") + example.statement + '`' + " | `" + example.relation + '`' +
         (note.empty() ? "" : ": " + note) + " | " + versions + " | " +
         (claim.mode.empty() ? "none" : claim.mode) + " | " + yes(claim.blocks_reads, "wait") +
         " | " + yes(claim.blocks_writes, "wait") + " | " +
         (claim.rewrites ? "rewritten" : yes(claim.scans, "read")) + " | " +
         (engine::runs_in_transaction(example.op) ? "yes" : "no") + " |\n";
}

std::string page() {
  std::string text =
      "# What statements lock\n\n"
      "Made from the table of operations (`engine/ops.def`), of which a plan takes its lock "
      "claims. "
      "The judge of\n"
      "locks (`tests/judges/locks.cpp`) runs every statement below on a table with rows, on each "
      "server version\n"
      "at hand, and fails where PostgreSQL does anything else: the mode is the strongest that "
      "`pg_locks` shows\n"
      "when the statement has run, *read* means that the server began a scan of the whole table, "
      "*rewritten* that\n"
      "it is in another file afterwards. Then it runs every step of every fixture and compares the "
      "locks of all\n"
      "relations with what the plan says.\n\n"
      "A lock is held until its transaction ends. While a statement waits for it, whatever needs a "
      "conflicting\n"
      "lock waits behind it: set `lock_timeout`. Where *reads* or *writes* do not wait, other DDL "
      "still does.\n\n"
      "| statement | locks | versions | mode | reads | writes | the table's rows | in a "
      "transaction "
      "|\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const LockExample& example : lock_examples()) text += row(example);
  return text;
}

}  // namespace

TEST_CASE("the page of locks is fresh", "[goldens]") {
  const auto file = source_directory() / "docs" / "locks.md";
  if (std::getenv("SCHEMADIFF_REWRITE_GOLDENS")) write_file(file, page());
  CHECK(read_file(file) == page());
}

}  // namespace schemadiff::testing
