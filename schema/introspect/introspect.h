// Live database → Catalog.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"
#include "schema/facts.h"
#include "schema/memo.h"

namespace schemadiff::schema {

// Reads the whole schema in one REPEATABLE READ READ ONLY snapshot with a handful of set-based
// queries. Definition texts are the server's own, with every name qualified; they are not analysed
// yet. `conninfo`: a libpq URI or keyword string. `memo`: where to put what the database remembers
// of its definitions; null: it is not wanted. Throws Error without ever showing a password.
Catalog introspect(const std::string& conninfo, Memo* memo = nullptr);

// What the statistics know of these tables and materialized views, and of all that inherits from
// them; those that are not there are left out. Throws Error, also when a table is locked for
// longer than two seconds.
Facts read_facts(const std::string& conninfo, const std::vector<QualifiedName>& tables);

}  // namespace schemadiff::schema
