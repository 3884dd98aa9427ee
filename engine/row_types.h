// Tables whose rows are values of columns elsewhere.
#pragma once

#include <string>

#include "engine/operation.h"

namespace schemadiff::engine {

// Fills Context::row_columns.
void collect_row_columns(Context& context);

// Why a column cannot be exchanged for a new one: rows of the table that are values elsewhere would
// lose what they have in it. Empty: there are none.
std::string loses_in_rows(const schema::Table& table, const Context& context);

// Tells of changes that the server refuses because of such columns (tablecmds.c,
// find_composite_type_dependencies): another type, and a new column that is generated.
void note_row_types(Context& context);

}  // namespace schemadiff::engine
