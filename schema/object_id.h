// What can be named in a database: the kinds of objects, and the identity of one object.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace schemadiff::schema {

// In creation order (pg_dump_sort.c, dbObjectTypePriority): where no dependency decides, an object
// of an earlier kind is created before one of a later kind, and dropped after it. kinds.def is the
// table.
enum class Kind : std::uint8_t {
#define KIND(name, map, label, keyword) name,
#define PART(name, label, keyword) name,
#include "schema/kinds.def"
};

// The name of a kind as people read it: "table", "foreign key" is a "constraint", and so on.
std::string_view kind_label(Kind kind);

// The words that DDL uses for the kind in DROP, COMMENT ON and ALTER … OWNER: "TABLE",
// "MATERIALIZED VIEW". Empty for kinds without DDL of their own (column defaults).
std::string_view kind_keyword(Kind kind);

// The identity of an object. All names are as stored in the catalog (unquoted).
struct ObjectId {
  Kind kind{};
  std::string schema;  // empty for objects outside schemas (schemas, extensions)
  std::string parent;  // the table of a column, constraint, rule, trigger or policy; else empty
  std::string name;
  // routines and aggregates: canonical input types, "integer, text"; operators: of the operands;
  // operator classes and families: the access method; default privileges: the role;
  // user mappings: the server; transforms: the language; else empty
  std::string args;

  auto operator<=>(const ObjectId&) const = default;
  bool operator==(const ObjectId&) const = default;
};

// The object's SQL name, quoted where needed and qualified with its schema: `public."Order"`,
// `public.f(integer, text)`; for a child of a table its own name only ("orders_pkey").
std::string sql_name(const ObjectId& id);

// The name of the table that a child object stands on, quoted and qualified.
std::string sql_parent(const ObjectId& id);

// For people and reports: "table public.orders", "column public.orders.total",
// "constraint orders_pkey on public.orders".
std::string describe(const ObjectId& id);

// The table of a column, a constraint, a trigger, … (`parent`).
inline ObjectId table_id(const ObjectId& part) {
  return {Kind::Table, part.schema, {}, part.parent, {}};
}

inline bool is_type(Kind kind) {
  return kind == Kind::Enum || kind == Kind::Domain || kind == Kind::Composite ||
         kind == Kind::Range || kind == Kind::BaseType;
}

// Whether objects of the kind are called by their names: several have one.
inline bool is_called(Kind kind) { return kind == Kind::Routine || kind == Kind::Aggregate; }

// The row type of a table, which is no object of its own: what an expression refers to where it
// makes or takes apart rows, beside the table.
inline ObjectId row_type_id(const ObjectId& table) {
  return {Kind::Composite, table.schema, {}, table.name, {}};
}

// The schema that every new database has.
inline bool is_public(const ObjectId& id) { return id.kind == Kind::Schema && id.name == "public"; }

// `DROP TABLE`, `COMMENT ON` and `ALTER` name an object so: `TABLE public.orders`,
// `CONSTRAINT orders_pkey ON public.orders`, `FUNCTION public.f(integer)`. `keyword` overrides the
// kind's own (a routine is FUNCTION or PROCEDURE).
std::string sql_address(const ObjectId& id, std::string_view keyword = {});

struct ObjectIdHash {
  std::size_t operator()(const ObjectId& id) const noexcept;
};

}  // namespace schemadiff::schema
