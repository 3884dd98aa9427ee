// Operators by name and operand types (parse_oper.c).
#pragma once

#include <optional>
#include <string>

#include "parser/analyze/type_system.h"

namespace schemadiff::parser {

// An operator as it is declared. `left` is none for prefix operators.
struct OperatorInfo {
  std::string_view schema;
  std::string_view name;
  TypeId left, right, result;
  Provenance provenance = Provenance::BuiltIn;
  const schema::Object* object = nullptr;  // of a user operator
};

enum class OperatorStatus : std::uint8_t { Found, NotFound, Ambiguous };

struct ResolvedOperator {
  OperatorStatus status = OperatorStatus::NotFound;
  const OperatorInfo* op = nullptr;
  TypeId left, right, result;  // what the operands are coerced to; polymorphic types resolved
  explicit operator bool() const { return status == OperatorStatus::Found; }
};

// `left op right`; prefix when `left` is none. Unknown literals are kUnknown. An empty schema means
// by search path.
ResolvedOperator resolve_operator(const TypeSystem& system, std::string_view schema,
                                  std::string_view name, TypeId left, TypeId right,
                                  SearchPath path);

// `left op ANY (right)` (make_scalar_array_op): `right` of the result is the array type that the
// right side is coerced to. NotFound also when the right side is no array or the result is not
// boolean.
ResolvedOperator resolve_array_operator(const TypeSystem& system, std::string_view schema,
                                        std::string_view name, TypeId left, TypeId right,
                                        SearchPath path);

}  // namespace schemadiff::parser
