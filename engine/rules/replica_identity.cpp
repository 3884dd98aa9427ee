// What replication tells rows by.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict replica_identity(const Subject& s) {
  const std::vector<Locked> locks = locks_of(s.operation);
  if (std::ranges::none_of(locks, [](const Locked& l) { return l.op == Op::AlterReplicaIdentity; }))
    return kSilent;
  const Table* table = s.after<Table>();
  const auto is_of_key = [](const diff::AttributeChange& change) {
    return change.attribute == "elements" || change.attribute == "columns";
  };
  const bool same_key = !table && s.operation.change &&
                        std::ranges::none_of(s.operation.change->attributes, is_of_key);
  if (same_key) return kSilent;  // its index is made again
  switch (table ? table->replica_identity.mode : 'i') {
    case 'n':
      return fires("Updates and deletes fail wherever the table is published.", Risk::High);
    case 'f':
      return fires("Each update and delete writes the whole old row to the log.");
    default:
      return fires("Subscribers get other keys with updates and deletes.");
  }
}

}  // namespace schemadiff::engine::rules
