// What replication tells rows by.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict replica_identity(const Subject& s) {
  if (s.operation.op != Op::AlterReplicaIdentity) return kSilent;
  switch (s.after<Table>()->replica_identity.mode) {
    case 'n':
      return fires("Updates and deletes fail wherever the table is published.", Risk::High);
    case 'f':
      return fires("Each update and delete writes the whole old row to the log.");
    default:
      return fires("Subscribers get other keys with updates and deletes.");
  }
}

}  // namespace schemadiff::engine::rules
