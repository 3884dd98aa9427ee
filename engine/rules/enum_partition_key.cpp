// A value for which there may be no partition.
#include <algorithm>

#include "engine/rules/rule.h"
#include "schema/quote.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

bool has_partition_for(const std::string& value, const QualifiedName& table,
                       const Context& context) {
  const auto heirs = context.heirs.find(table);
  return heirs != context.heirs.end() &&
         std::any_of(heirs->second.begin(), heirs->second.end(), [&](const Table* heir) {
           return heir->bound.sql == "DEFAULT" ||
                  heir->bound.sql.find(quote_literal(value)) != std::string::npos;
         });
}

}  // namespace

Verdict enum_partition_key(const Subject& s) {
  if (s.operation.op != Op::AddEnumValue || !s.alters(Kind::Enum)) return kSilent;
  const auto tables = s.context.partitioned_by.find(s.operation.object);
  if (tables == s.context.partitioned_by.end()) return kSilent;
  const std::vector<std::string>& old = s.before<Enum>()->labels;
  for (const Table* table : tables->second) {
    const QualifiedName name{table->id.schema, table->id.name};
    if (table->partition_key.strategy != "list") continue;
    for (const std::string& value : s.after<Enum>()->labels)
      if (std::find(old.begin(), old.end(), value) == old.end() &&
          !has_partition_for(value, name, s.context))
        return fires(quote_qualified(name) + " has no partition for " + quote_literal(value) +
                     ": rows with the value are refused.");
  }
  return kSilent;
}

}  // namespace schemadiff::engine::rules
