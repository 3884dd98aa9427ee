// Tables that get another partition key and keep their rows.
#pragma once

#include "engine/lower/lower.h"

namespace schemadiff::engine {

// Whether a hint says that the table, which is made anew, is filled with its rows while
// applications run.
bool keeps_rows(const schema::ObjectId& table, const Context&);

// Puts all that comes and goes with such tables into context.own_objects, and notes for the others
// which hint would keep their rows. Throws Error for a hint that cannot be followed.
void collect_repartitions(Context& context);

// The new form is filled beside the old one and takes its name.
void lower_repartition(const schema::Table& before, const schema::Table& after, const Context&,
                       Operations&);

}  // namespace schemadiff::engine
