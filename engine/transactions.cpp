#include "engine/transactions.h"

#include <algorithm>
#include <unordered_map>

namespace schemadiff::engine {
namespace {

// Whether its time grows with a table that may be large.
bool takes_long(const Operation& operation, const Context& context) {
  const LockClaim lock = claim(locks_of(operation));
  return (lock.scans || lock.rewrites) && size_of(operation, context) == Size::Large;
}

// The relations that it locks in modes that block.
std::vector<std::string> blocked_by(const Operation& operation) {
  std::vector<std::string> names;
  for (const Locked& locked : locks_of(operation))
    if (blocks_writes(facts_of(locked.op)))
      names.insert(names.end(), locked.relations.begin(), locked.relations.end());
  return names;
}

std::vector<std::string> blocked_by(const LockClaim& lock) {
  std::vector<std::string> names;
  if (lock.blocks_writes) names = lock.relations;
  for (const RelationLock& weaker : lock.weaker)
    if (blocks_writes({weaker.mode, false, false})) names.push_back(weaker.relation);
  return names;
}

bool covers(const std::vector<std::string>& all, const std::vector<std::string>& some) {
  return std::all_of(some.begin(), some.end(), [&](const std::string& relation) {
    return std::find(all.begin(), all.end(), relation) != all.end();
  });
}

// Whether it drops what was renamed aside, which nothing uses any more.
bool drops_old_form(const Operation& operation) {
  return operation.role == Role::Finish && operation.sql.front().starts_with("DROP ");
}

// For each operation, whether it has to stay in the transaction of the one before: both stand
// between the drop of an object and its new form.
std::vector<bool> inseparable(const std::vector<Operation>& operations) {
  std::unordered_map<const diff::Change*, std::pair<std::size_t, std::size_t>> spans;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const Operation& operation = operations[i];
    if (!operation.change || operation.sql.empty() || operation.own_transaction ||
        !runs_in_transaction(operation.op) || drops_old_form(operation))
      continue;
    const auto span = spans.find(operation.change);
    if (span != spans.end() && operations[span->second.first].phase == operation.phase)
      span->second.second = i;
    else if (operation.role == Role::Drop)
      spans.insert_or_assign(operation.change, std::pair(i, i));
  }
  std::vector<int> opened(operations.size() + 1);
  for (const auto& [change, span] : spans) ++opened[span.first + 1], --opened[span.second + 1];
  std::vector<bool> joined(operations.size());
  for (std::size_t i = 0, open = 0; i < operations.size(); ++i) {
    open += static_cast<std::size_t>(opened[i]);
    joined[i] = open > 0;
  }
  return joined;
}

}  // namespace

void number_transactions(std::vector<Operation>& operations, const Context& context) {
  const std::vector<bool> joined = inseparable(operations);
  int number = 0;
  std::vector<std::string> locked;  // by the transaction, in modes that block
  bool long_before = false;
  const Operation* before = nullptr;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    Operation& operation = operations[i];
    if (operation.sql.empty()) continue;
    const bool is_long = takes_long(operation, context);
    const std::vector<std::string> locks = blocked_by(operation);
    bool joins = before && runs_in_transaction(operation.op) && runs_in_transaction(before->op) &&
                 operation.phase == before->phase && !operation.own_transaction &&
                 !before->own_transaction;
    if (joins && !joined[i])
      joins = !is_long && !long_before && (covers(locked, locks) || covers(locks, locked));
    if (!joins) {
      ++number;
      locked.clear();
      long_before = false;
    }
    operation.transaction = number;
    operation.behind_lock = is_long && !covers(operation.relations, locked);
    for (const std::string& relation : locks)
      if (!covers(locked, {relation})) locked.push_back(relation);
    long_before = long_before || is_long;
    before = &operation;
  }
}

std::optional<Hold> longest_hold(const std::vector<Step>& steps) {
  std::optional<Hold> longest;
  const auto longer = [](const Hold& a, const Hold& b) {
    if (a.seconds && b.seconds) return *a.seconds > *b.seconds;
    return !a.seconds && b.seconds;
  };
  for (std::size_t i = 0; i < steps.size();) {
    Hold hold;
    double seconds = 0;
    bool known = true;
    const int transaction = steps[i].transaction;
    for (; i < steps.size() && steps[i].transaction == transaction; ++i) {
      for (const std::string& relation : blocked_by(steps[i].lock))
        if (!covers(hold.relations, {relation})) hold.relations.push_back(relation);
      if (hold.relations.empty()) continue;
      hold.steps.push_back(steps[i].id);
      known = known && steps[i].seconds.has_value();
      seconds += steps[i].seconds.value_or(0);
    }
    if (hold.steps.empty()) continue;
    if (known) hold.seconds = seconds;
    if (!longest || longer(hold, *longest)) longest = std::move(hold);
  }
  return longest;
}

}  // namespace schemadiff::engine
