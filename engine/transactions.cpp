#include "engine/transactions.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>
#include <unordered_map>

#include "schema/graph.h"

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

void number(std::vector<Operation>& operations, const Context& context) {
  const std::vector<bool> joined = inseparable(operations);
  int number = 0;
  std::vector<std::string> locked;  // by the transaction, in modes that block
  bool long_before = false;
  const Operation* before = nullptr;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    Operation& operation = operations[i];
    operation.transaction = number;
    if (operation.sql.empty()) continue;
    const bool is_long = takes_long(operation, context);
    const std::vector<std::string> locks = blocked_by(operation);
    bool joins = before && runs_in_transaction(operation.op) && runs_in_transaction(before->op) &&
                 operation.phase == before->phase && !operation.own_transaction &&
                 !before->own_transaction;
    // nobody waits for a lock with others in hand: applications may take them in another order
    if (joins && !joined[i])
      joins = !is_long && !long_before && (covers(locked, locks) || locked.empty());
    if (!joins) {
      ++number;
      locked.clear();
      long_before = false;
    }
    operation.transaction = number;
    for (const std::string& relation : locks)
      if (!covers(locked, {relation})) locked.push_back(relation);
    long_before = long_before || is_long;
    before = &operation;
  }
}

// Who reads a view locks it before what it reads. So does a transaction that drops it and makes it
// again: else each would hold what the other one waits for. Its undo does so as well: the view is
// made behind all but what goes for good, without which the old application can do.
class PlaceByLocks {
 public:
  PlaceByLocks(const std::vector<Operation>& operations, std::size_t begin, std::size_t end) {
    std::set<schema::ObjectId> dropped;
    for (std::size_t i = begin; i < end; ++i) {
      const Operation& operation = operations[i];
      if (operation.role == Role::Drop) dropped.insert(operation.object);
      if (operation.role == Role::Make) made_.insert(operation.object);
    }
    std::copy_if(
        dropped.begin(), dropped.end(), std::inserter(views_, views_.end()),
        [&](const schema::ObjectId& id) { return reads_others(id) && made_.contains(id); });
  }
  bool is_any_due() const { return !views_.empty(); }
  int of(const Operation& operation) const {
    if (views_.contains(operation.object)) return operation.role == Role::Drop ? 0 : 2;
    const bool goes = operation.role == Role::Drop && !made_.contains(operation.object);
    return goes || drops_old_form(operation) ? 3 : 1;
  }

 private:
  static bool reads_others(const schema::ObjectId& id) {
    return id.kind == schema::Kind::View || id.kind == schema::Kind::MaterializedView;
  }

  std::set<schema::ObjectId> made_, views_;  // the views that are dropped and made
};

// The new order of the operations of one transaction, which are those from `begin` to `end`.
std::vector<std::size_t> order_by_locks(const Ordered& ordered, std::size_t begin,
                                        std::size_t end) {
  std::vector<std::size_t> wanted(end - begin);
  std::iota(wanted.begin(), wanted.end(), begin);
  const PlaceByLocks place_by_locks(ordered.operations, begin, end);
  if (!place_by_locks.is_any_due()) return wanted;
  std::stable_sort(wanted.begin(), wanted.end(), [&](std::size_t a, std::size_t b) {
    return place_by_locks.of(ordered.operations[a]) < place_by_locks.of(ordered.operations[b]);
  });
  std::vector<std::size_t> place(wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) place[wanted[i] - begin] = i;
  std::vector<std::vector<std::size_t>> edges(wanted.size());
  for (std::size_t i = begin; i < end; ++i)
    for (std::size_t earlier : ordered.after[i])
      if (earlier >= begin) edges[place[i - begin]].push_back(place[earlier - begin]);
  std::vector<std::size_t> cycle;  // there is none: what is ordered has none
  std::vector<std::size_t> order;
  for (std::size_t node : schema::topological_order(edges, cycle)) order.push_back(wanted[node]);
  return order;
}

void order_by_locks(Ordered& ordered) {
  const auto& operations = ordered.operations;
  std::vector<std::size_t> order;
  while (order.size() < operations.size()) {
    const std::size_t begin = order.size();
    std::size_t end = begin + 1;
    while (end < operations.size() && operations[end].transaction == operations[begin].transaction)
      ++end;
    const std::vector<std::size_t> part = order_by_locks(ordered, begin, end);
    order.insert(order.end(), part.begin(), part.end());
  }
  std::vector<std::size_t> position(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) position[order[i]] = i;
  Ordered result;
  for (std::size_t i : order) {
    result.operations.push_back(std::move(ordered.operations[i]));
    std::vector<std::size_t>& after = result.after.emplace_back();
    for (std::size_t earlier : ordered.after[i]) after.push_back(position[earlier]);
    std::sort(after.begin(), after.end());
  }
  ordered = std::move(result);
}

void mark_behind_locks(std::vector<Operation>& operations, const Context& context) {
  std::vector<std::string> locked;
  std::set<std::string> dropped;  // no operation locks it later, whatever its relations say
  int transaction = 0;
  for (Operation& operation : operations) {
    if (operation.sql.empty()) continue;
    if (operation.transaction != transaction) locked.clear();
    transaction = operation.transaction;
    const bool holds_others = std::ranges::any_of(locked, [&](const std::string& relation) {
      return dropped.contains(relation) || !covers(operation.relations, {relation});
    });
    operation.behind_lock = holds_others && takes_long(operation, context);
    for (std::string& relation : blocked_by(operation))
      if (!dropped.contains(relation)) locked.push_back(std::move(relation));
    note_dropped(operation, dropped);
  }
}

}  // namespace

void settle_transactions(Ordered& ordered, const Context& context) {
  number(ordered.operations, context);
  order_by_locks(ordered);
  mark_behind_locks(ordered.operations, context);
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
