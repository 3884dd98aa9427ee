// Casts between types, common types of several expressions, and polymorphic types (parse_coerce.c).
#pragma once

#include <span>
#include <string>

#include "parser/analyze/type_system.h"

namespace schemadiff::parser {

enum class CoercionContext : std::uint8_t { Implicit, Assignment, Explicit };

// How a value gets from one type to another.
enum class CoercionKind : std::uint8_t {
  None,      // there is no way
  Same,      // nothing to do: equal types, or to a pseudo-type that takes anything
  Relabel,   // binary compatible
  Function,  // pg_cast names a function
  Array,     // element by element
  InOut,     // through the text form
  Row,       // record or row to another row type
  Domain,    // to a domain over the type (after `to_base`)
  Literal,   // an unknown literal or parameter takes the type
};

struct Coercion {
  CoercionKind kind = CoercionKind::None;
  CoercionKind to_base = CoercionKind::None;  // for Domain: how the base type is reached
  schema::QualifiedName function;             // for Function (or Array of, or Domain through it)
  const schema::Object* cast = nullptr;       // likewise, where it is the user's
  explicit operator bool() const { return kind != CoercionKind::None; }
};

// coerce_type / find_coercion_pathway for one value.
Coercion find_coercion(const TypeSystem& system, TypeId from, TypeId to, CoercionContext context);

// can_coerce_type for a list of arguments, polymorphic targets accepted without being checked
// against each other.
bool can_coerce(const TypeSystem& system, std::span<const TypeId> from, std::span<const TypeId> to,
                CoercionContext context);
bool can_coerce(const TypeSystem& system, TypeId from, TypeId to, CoercionContext context);

// IsBinaryCoercible: a value of `from` can be used as `to` unchanged.
bool is_binary_coercible(const TypeSystem& system, TypeId from, TypeId to);

// Whether the type has a length coercion (pg_cast row from the type to itself, or for its
// elements): a cast to (type, typmod >= 0) of a value with another typmod calls it. Domains: of the
// base type.
bool has_length_coercion(const TypeSystem& system, TypeId type);

// select_common_type for UNION, CASE, COALESCE, VALUES, ARRAY[], IN and the like: in the order of
// the expressions (CASE: ELSE first, then the results). Unknown literals are kUnknown. None: the
// types do not match. All unknown gives text.
TypeId common_type(const TypeSystem& system, std::span<const TypeId> expressions);

// select_common_typmod: the typmod that all expressions of type `common` share, else -1.
std::int32_t common_typmod(std::span<const TypeRef> expressions, TypeId common);

// check_generic_type_consistency: whether the polymorphic types in `declared` can stand for
// `actual`.
bool check_polymorphic(const TypeSystem& system, std::span<const TypeId> actual,
                       std::span<const TypeId> declared);

// enforce_generic_type_consistency: replaces polymorphic types in `declared` by what `actual` says,
// and gives the result type. kUnknown entries in `actual` are literals; where it is shorter than
// `declared`, defaults are taken, of the declared types. None: inconsistent, or not to be told.
TypeId resolve_polymorphic(const TypeSystem& system, std::span<const TypeId> actual,
                           std::span<TypeId> declared, TypeId result);

}  // namespace schemadiff::parser
