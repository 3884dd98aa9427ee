// An index that the other partitions do not have.
#include "engine/rules/rule.h"
#include "schema/quote.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict index_on_one_partition(const Subject& s) {
  const Index* index = s.makes(Kind::Index) ? s.after<Index>() : nullptr;
  if (!index || !index->parent_index.empty()) return kSilent;
  const Table* table = s.context.to.table(index->table);
  if (!table || table->partition_of.empty()) return kSilent;
  return fires("It is on this partition alone: other partitions of " +
               quote_qualified(table->partition_of) + ", and new ones, do not get it.");
}

}  // namespace schemadiff::engine::rules
