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

// How a table comes from one list of parents (INHERITS) to another. One that joins comes after all
// others: for the exact order, those that stay may have to leave and join again, too. Not where the
// table has columns or checks from its parents alone: they would become its own.
struct NewParents {
  std::vector<schema::QualifiedName> kept;
  std::vector<schema::QualifiedName> left;    // for good
  std::vector<schema::QualifiedName> again;   // leave, to join with those that are new
  std::vector<schema::QualifiedName> joined;  // in this order, after those that are kept
};
NewParents new_parents(const schema::Table& before, const schema::Table& after, const Context&);

}  // namespace schemadiff::engine
