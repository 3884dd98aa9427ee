// The values that attributes of objects are made of.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/object_id.h"
#include "schema/rare.h"

namespace schemadiff::schema {

// A place in a source text. `file` indexes Catalog::files; line and column count from 1, column in
// characters. line 0: not from a file.
struct Span {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

// A name that may be qualified. Empty `name` means none. After resolution (parser/resolve.h) `schema`
// is filled in for all that could be resolved; "pg_catalog" is written out.
struct QualifiedName {
  std::string schema;
  std::string name;
  bool empty() const { return name.empty(); }
  auto operator<=>(const QualifiedName&) const = default;
};

// A data type as format_type() prints it with an empty search_path: "integer", "character varying(20)",
// "public.mood[]", "timestamp(3) with time zone". Empty means none.
struct TypeName {
  std::string sql;
  bool empty() const { return sql.empty(); }
  auto operator<=>(const TypeName&) const = default;
};

// An expression, a query or an SQL-standard routine body.
// Two definitions are the same when their normal forms are equal.
struct Expr {
  std::string sql;         // to be written into DDL; all names resolved and qualified after analysis. Empty: none
  std::string normal;      // normal form (parser/analyze); empty until analysed
  bool unproven = false;   // analysis met something it could not resolve; `normal` is a looser form
  bool empty() const { return sql.empty(); }
  bool operator==(const Expr& other) const {
    return sql == other.sql || (!normal.empty() && normal == other.normal);
  }
};

// Storage parameters, view options, opclass options, settings of routines: (name, value) in the order
// in which they are stored, which means nothing when they are compared.
struct Options : std::vector<std::pair<std::string, std::string>> {
  using vector::vector;
  bool operator==(const Options& other) const {
    return size() == other.size() &&
           std::is_permutation(begin(), end(), other.begin());
  }
};

// Whoever runs the statements: CURRENT_USER, CURRENT_ROLE, SESSION_USER of a file.
inline constexpr std::string_view kCurrentUser = "CURRENT_USER";

// One effective privilege. The owner's own privileges have the grantee "" ; "public" (lower case) is
// PUBLIC. `privilege` is the SQL word: "SELECT", "EXECUTE", "USAGE".
struct Grant {
  std::string grantee;
  std::string privilege;
  bool grantable = false;
  auto operator<=>(const Grant&) const = default;
};

// Privileges on a column that is no Column: of a view or a sequence, or a system column.
struct ColumnAcl {
  std::string column;
  std::vector<Grant> acl;  // sorted, never empty
  auto operator<=>(const ColumnAcl&) const = default;
};

// SECURITY LABEL. Labels are listed by provider.
struct SecurityLabel {
  std::string provider;
  std::string label;
  auto operator<=>(const SecurityLabel&) const = default;
};

// A sequence's parameters, with PostgreSQL's defaults written out (sequence.c, init_params).
struct SequenceOptions {
  TypeName type{"bigint"};
  std::int64_t start = 1;
  std::int64_t increment = 1;
  std::int64_t min = 1;
  std::int64_t max = INT64_MAX;
  std::int64_t cache = 1;
  bool cycle = false;
  auto operator<=>(const SequenceOptions&) const = default;
};

// What every object has.
struct Object {
  ObjectId id;
  std::string owner;         // role name; empty: not said (files)
  std::vector<Grant> acl;    // effective privileges, sorted; see Grant
  Rare<std::vector<ColumnAcl>> column_acls;  // of a relation, by name
  std::string comment;       // empty: none
  Rare<std::vector<SecurityLabel>> security_labels;
  Span span;                 // where the file defines it
  int search_path = 0;       // index into Catalog::search_paths: how names in its texts resolve
  std::vector<ObjectId> refs;  // what it refers to, columns included, sorted, unique; filled by analysis
};

}  // namespace schemadiff::schema
