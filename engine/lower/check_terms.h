// Which checks let in all that others do, as far as their normal forms tell.
#pragma once

#include "schema/catalog.h"

namespace schemadiff::engine {

// Whether a row that passes `narrow` passes `wide`: it has the same alternatives and maybe more, or
// longer lists of values. False where the forms do not tell.
bool lets_in_all_of(const schema::Expr& wide, const schema::Expr& narrow);

}  // namespace schemadiff::engine
