// Decides, for attributes marked Alter::Depends, whether the server can alter the object in place.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "schema/catalog.h"

namespace schemadiff::diff {

struct Catalogs {
  const schema::Catalog& from;
  const schema::Catalog& to;
};

// The checks above a partition that are NOT VALID on both sides, and hold in it on the first alone.
std::vector<schema::ObjectId> checks_known_no_more(const schema::Table& before,
                                                   const schema::Table& after,
                                                   const Catalogs& catalogs);

// The SQL names of the domain and of all domains over it.
std::set<std::string> names_over(const schema::ObjectId& domain, const schema::Catalog& catalog);

// Whether values of the domain stand in arrays, ranges or rows that columns hold: no new rule of
// the domain can then be checked, and the server takes none (typecmds.c, get_rels_with_domain).
bool is_in_parts_of_columns(const schema::Domain& domain, const schema::Catalog& catalog);

// Whether `before` has to be dropped and created anew to become `after`; only what the attribute
// table leaves open is decided here.
template <class T>
bool must_replace(const T&, const T&, const Catalogs&) {
  return false;
}
bool must_replace(const schema::Enum& before, const schema::Enum& after, const Catalogs& catalogs);
bool must_replace(const schema::Composite& before, const schema::Composite& after,
                  const Catalogs& catalogs);
bool must_replace(const schema::Domain& before, const schema::Domain& after,
                  const Catalogs& catalogs);
bool must_replace(const schema::BaseType& before, const schema::BaseType& after,
                  const Catalogs& catalogs);
bool must_replace(const schema::Routine& before, const schema::Routine& after,
                  const Catalogs& catalogs);
bool must_replace(const schema::Table& before, const schema::Table& after,
                  const Catalogs& catalogs);
bool must_replace(const schema::View& before, const schema::View& after, const Catalogs& catalogs);
bool must_replace(const schema::MaterializedView& before, const schema::MaterializedView& after,
                  const Catalogs& catalogs);
bool must_replace(const schema::Index& before, const schema::Index& after,
                  const Catalogs& catalogs);
bool must_replace(const schema::Constraint& before, const schema::Constraint& after,
                  const Catalogs& catalogs);
bool must_replace(const schema::Policy& before, const schema::Policy& after,
                  const Catalogs& catalogs);
bool must_replace(const schema::Column& before, const schema::Column& after,
                  const schema::Table& table, const Catalogs& catalogs);

// Whether the column is in the key that the table is partitioned by, in an expression too.
bool in_partition_key(const schema::Table& table, const std::string& column);

// Whether two lists of view columns have the same names and types; a type that is not known equals
// any.
bool same_columns(const std::vector<schema::ViewColumn>& before,
                  const std::vector<schema::ViewColumn>& after);

std::map<std::string_view, const schema::Column*> by_name(const schema::Table& table);

}  // namespace schemadiff::diff
