// Live database → Catalog.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"
#include "schema/facts.h"
#include "schema/introspect/session.h"
#include "schema/memo.h"

namespace schemadiff::schema {

// Reads the whole schema in one REPEATABLE READ READ ONLY snapshot with a handful of set-based
// queries. Definition texts are the server's own, with every name qualified; they are not analysed
// yet. `conninfo`: a libpq URI or keyword string. `memo`: where to put what the database remembers
// of its definitions; null: it is not wanted. `connections`: 2 for a large schema sooner, 1 for
// many databases at the same time, where making another costs more than it wins. Throws Error
// without ever showing a password, also when the server has not answered by the deadline.
Catalog introspect(const std::string& conninfo, Memo* memo = nullptr,
                   introspection::Deadline deadline = {}, int connections = 2);

// What the statistics know of these tables and materialized views, and of all that inherits from
// them; those that are not there are left out. Throws Error, also when a table is locked for
// longer than two seconds.
Facts read_facts(const std::string& conninfo, const std::vector<QualifiedName>& tables);

// The number that a query returned, or why there is none.
struct Count {
  std::optional<std::int64_t> rows;
  std::string failure;  // "the role may not read it"; never what a row holds
};

// Runs queries that return a number each, read-only and in one session, under the search path; all
// of them together take no more than `seconds`. Throws Error where no session can be had.
std::vector<Count> count_rows(const std::string& conninfo, const std::vector<std::string>& queries,
                              const std::vector<std::string>& search_path, double seconds);

}  // namespace schemadiff::schema
