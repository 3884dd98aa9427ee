// A new partition, whose rows may be in the default one.
#include <algorithm>

#include "engine/rules/rule.h"
#include "schema/quote.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict default_partition_scan(const Subject& s) {
  const bool reads =
      std::any_of(s.operation.also.begin(), s.operation.also.end(),
                  [](const Locked& locked) { return locked.op == Op::DefaultPartition; });
  if (s.operation.op != Op::AttachPartition || !reads) return kSilent;
  const auto found = s.context.default_partitions.find(s.after<Table>()->partition_of);
  if (found == s.context.default_partitions.end() || found->second->id == s.operation.object)
    return kSilent;
  const ObjectId& id = found->second->id;
  const QualifiedName name{id.schema, id.name};
  const Size size = s.context.size(name);
  if (size == Size::New) return kSilent;
  return fires("The default partition " + quote_qualified(name) + s.figures_of(name) +
                   " is searched for rows that belong here, under an ACCESS EXCLUSIVE lock on it.",
               size == Size::Large ? Risk::High : Risk::Medium);
}

}  // namespace schemadiff::engine::rules
