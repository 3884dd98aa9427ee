// The choice between overloaded functions or operators (parse_func.c, func_select_candidate).
#pragma once

#include <span>
#include <vector>

#include "parser/analyze/type_system.h"

namespace schemadiff::parser {

// One function or operator that could be meant, with its parameter types in the order of the call.
struct Candidate {
  std::vector<TypeId> args;
  const void* entry =
      nullptr;       // the FunctionInfo or OperatorInfo; null: several that cannot be told apart
  int position = 0;  // of its schema in the search path
  std::vector<int> arg_positions;
  int defaults_used = 0;
  bool variadic_expanded = false;
};

enum class Choice : std::uint8_t { None, One, Several };

// Leaves the best candidate alone in the list, by implicit coercions of `actual`; an exact match
// has been looked for already.
Choice choose_candidate(const TypeSystem& system, std::span<const TypeId> actual,
                        std::vector<Candidate>& candidates);

}  // namespace schemadiff::parser
