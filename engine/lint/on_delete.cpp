// Foreign keys that leave open what becomes of rows whose parent is deleted.
#include "engine/lint/lint.h"
#include "schema/quote.h"

namespace schemadiff::engine::lint_rules {

void on_delete(Subject& s) {
  for (const auto& [id, key] : s.catalog.constraints)
    if (key.contype == 'f' && key.on_delete == 'a')
      s.add(id, "It does not say what a delete from " +
                    schema::quote_qualified(*key.referenced_table) +
                    " does: ON DELETE RESTRICT, CASCADE, SET NULL or SET DEFAULT.");
}

}  // namespace schemadiff::engine::lint_rules
