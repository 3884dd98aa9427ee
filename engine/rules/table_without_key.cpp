// A table whose rows nothing tells apart.
#include <algorithm>

#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

bool is_key(const Object& object) {
  if (object.id.kind == Kind::Constraint) {
    const char type = static_cast<const Constraint&>(object).contype;
    return type == 'p' || type == 'u';
  }
  return object.id.kind == Kind::Index && static_cast<const Index&>(object).unique &&
         static_cast<const Index&>(object).predicate.empty();
}

}  // namespace

Verdict table_without_key(const Subject& s) {
  if (!s.makes(Kind::Table) || s.replaced()) return kSilent;
  const Table& table = *s.after<Table>();
  if (!table.server.empty() || !table.partition_of.empty() || !table.inherits.empty() ||
      table.replica_identity.mode == 'f' ||
      std::any_of(s.on_table().begin(), s.on_table().end(),
                  [](const Object* object) { return is_key(*object); }))
    return kSilent;
  return fires("Without a key nothing tells its rows apart: not for updates, not for replication.");
}

}  // namespace schemadiff::engine::rules
