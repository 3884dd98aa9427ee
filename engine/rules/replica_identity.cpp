// What replication tells rows by.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict replica_identity(const Subject& s) {
  if (s.operation.op != Op::AlterReplicaIdentity) return kSilent;
  return fires("Subscribers get other keys with updates and deletes.");
}

}  // namespace schemadiff::engine::rules
