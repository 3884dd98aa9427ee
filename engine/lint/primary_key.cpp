// Tables without a primary key.
#include <algorithm>

#include "engine/lint/lint.h"

namespace schemadiff::engine::lint_rules {

using namespace schema;

void primary_key(Subject& s) {
  s.for_each_table([&](const Table& table) {
    const std::vector<const Constraint*>& keys = s.constraints_of(table);
    if (std::none_of(keys.begin(), keys.end(),
                     [](const Constraint* c) { return c->contype == 'p'; }))
      s.add(table.id, "It has no primary key: nothing tells its rows apart.");
  });
}

}  // namespace schemadiff::engine::lint_rules
