// The memo of a database, as its rows say it.
#pragma once

#include <optional>

#include "schema/introspect/rows.h"
#include "schema/memo.h"

namespace schemadiff::schema::introspection {

// Of memo_table.sql: whether this role may read the memo; nothing: there is none.
std::optional<bool> read_memo_table(Rows& rows);

// Of memo.sql.
Memo read_memo(Rows& rows);

}  // namespace schemadiff::schema::introspection
