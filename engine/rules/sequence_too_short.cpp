// A sequence that ends before its column does.
#include <algorithm>

#include "engine/rules/rule.h"
#include "schema/quote.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

std::int64_t largest(const std::string& type) {
  return type == "smallint"  ? INT16_MAX
         : type == "integer" ? INT32_MAX
         : type == "bigint"  ? INT64_MAX
                             : 0;
}

Verdict ends_early(const Sequence& sequence, const Column& column) {
  const bool shorter = largest(sequence.options.type.sql) < largest(column.type.sql);
  if (!shorter || sequence.options.increment < 0) return kSilent;
  return fires("The sequence " + quote_qualified({sequence.id.schema, sequence.id.name}) +
               " is of type " + sequence.options.type.sql + " and ends at " +
               std::to_string(sequence.options.max) + ", long before the column does.");
}

}  // namespace

Verdict sequence_too_short(const Subject& s) {
  if (s.makes(Kind::Sequence)) {
    const Sequence& sequence = *s.after<Sequence>();
    const Table* table = s.context.to.table(sequence.owned_by.table);
    const Column* column = table ? table->find(sequence.owned_by.column) : nullptr;
    return column ? ends_early(sequence, *column) : kSilent;
  }
  if (!s.retypes_column()) return kSilent;
  for (const Object* object : s.on_table()) {
    if (object->id.kind != Kind::Sequence) continue;
    const auto& sequence = static_cast<const Sequence&>(*object);
    if (sequence.owned_by.column == s.operation.object.name)
      return ends_early(sequence, *s.column_after());
  }
  return kSilent;
}

}  // namespace schemadiff::engine::rules
