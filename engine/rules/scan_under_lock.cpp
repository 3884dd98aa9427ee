// A table that is read while others wait.
#include <fmt/format.h>

#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

// exclusion-constraint says it, and add-required-column
bool is_exclusion(const Subject& s) {
  const Constraint* made = s.makes(Kind::Constraint) ? s.after<Constraint>() : nullptr;
  return made && made->contype == 'x';
}

const Locked* also_as(const Subject& s, Op op) {
  const auto found = std::find_if(s.operation.also.begin(), s.operation.also.end(),
                                  [&](const Locked& locked) { return locked.op == op; });
  return found == s.operation.also.end() ? nullptr : &*found;
}

}  // namespace

Verdict scan_under_lock(const Subject& s) {
  const OpFacts& facts = facts_of(s.operation.op);
  if (const Locked* referring = also_as(s, Op::ReadReferringTable))
    return fires(fmt::format("Rows that refer to the partition are looked for in {}, under a lock "
                             "that blocks writes: quick where they are found by an index.",
                             fmt::join(referring->relations, ", ")),
                 s.size() == Size::Large ? Risk::High : Risk::Medium);
  if (s.operation.op == Op::AttachPartition && s.alters(Kind::Table) &&
      also_as(s, Op::AttachedPartition))
    return fires("The partition's rows" + s.figures() +
                     " are checked against its bounds under an exclusive lock on it.",
                 s.by_size());
  if (!facts.scans || facts.rewrites || !blocks_writes(facts) || s.operation.relations.empty() ||
      s.on_new_table() || is_exclusion(s) || s.operation.op == Op::AddRequiredColumn)
    return kSilent;
  return fires(blocks_reads(facts)
                   ? "The table is scanned under an ACCESS EXCLUSIVE lock" + s.figures() + "."
                   : "The table is read under a lock that blocks writes" + s.figures() + ".",
               s.by_size());
}

}  // namespace schemadiff::engine::rules
