#include "engine/estimate.h"

namespace schemadiff::engine {

using schema::TableFacts;

std::optional<double> estimate(const Operation& operation, const Context& context) {
  const OpFacts& facts = facts_of(operation.op);
  const schema::QualifiedName table = table_of(operation, context);
  const bool depends = (facts.scans || facts.rewrites) && !operation.relations.empty();
  if (!depends || table.empty()) return 0.0;
  // what is filled from a table that is made anew has that table's rows
  if (context.is_new(table) && operation.op != Op::Backfill) return 0.0;
  const TableFacts* known = context.options.facts.find(table);
  if (!known || !known->bytes) return std::nullopt;
  const Throughput& speed = context.options.throughput;
  const auto bytes = static_cast<double>(*known->bytes);
  switch (operation.op) {
    case Op::Backfill:
      if (!known->rows) return std::nullopt;
      return *known->rows / speed.backfill_rows;
    case Op::CreateIndex:
    case Op::AddIndexConstraint:
      return bytes / speed.index_bytes;
    case Op::CreateIndexConcurrently:
      return 2 * bytes / speed.index_bytes;  // it reads the table twice
    default:
      break;
  }
  const auto indexes = static_cast<double>(known->index_bytes.value_or(0));
  return facts.rewrites ? (bytes + indexes) / speed.rewrite_bytes : bytes / speed.scan_bytes;
}

}  // namespace schemadiff::engine
