// What the lowering of tables shares.
#pragma once

#include "engine/lower/lower.h"

namespace schemadiff::engine {

schema::QualifiedName name_of(const schema::Table& table);
schema::ObjectId table_id(const schema::QualifiedName& name);

// "ALTER TABLE public.t ", to go on with what is altered.
std::string alter_table(const schema::Table& table, bool only = false);

// The constraints of the table that are of this kind ('c', 'f', 'p', 'u', 'x').
std::vector<const schema::Constraint*> constraints_of(const schema::QualifiedName& table,
                                                      char contype, const schema::Catalog&);

}  // namespace schemadiff::engine
