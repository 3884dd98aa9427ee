// What an act of a hand-written migration costs others, and how people read of it.
#pragma once

#include <string>

#include "engine/operation.h"
#include "parser/acts.h"

namespace schemadiff::cli {

// Of a column's new type, or of a new column, where one statement makes it.
enum class Cost : unsigned char { None, Scan, Rewrite };

// The operation of plans that takes the same locks. `proven`: a validated CHECK says already that
// the column is not NULL.
engine::Op op_of(const parser::Act& act, Cost cost, bool proven);

// What to do instead of letting others wait: ": …"; empty: there is nothing better.
std::string remedy(const parser::Act& act);

// "column public.orders.note"
std::string name_of(const parser::Act& act, const schema::QualifiedName& relation);

}  // namespace schemadiff::cli
