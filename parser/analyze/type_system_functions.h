// Functions, aggregates, window functions and procedures by name and argument types (parse_func.c).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "parser/analyze/type_system.h"

namespace schemadiff::parser {

// A function as it is declared. Views and spans live as long as the TypeSystem.
struct FunctionInfo {
  std::string_view schema;
  std::string_view name;
  std::span<const TypeId> args;  // input arguments; a variadic last one as its array type
  std::span<const std::string_view> arg_names;  // of the input arguments; empty: none has a name
  TypeId result;                                // kVoid for procedures without output
  TypeId variadic;             // the element type ("any" is kAny); none: not variadic
  std::uint16_t defaults = 0;  // trailing input arguments that have one
  bool returns_set = false;
  char kind = 'f';               // f function, p procedure, a aggregate, w window
  char aggkind = 'n';            // of aggregates: n normal, o ordered-set, h hypothetical-set
  std::int16_t direct_args = 0;  // of ordered-set aggregates; -1 as pg_aggregate's variadic direct
  Provenance provenance = Provenance::BuiltIn;
  const schema::Object* object = nullptr;  // of a user function: its Routine or Aggregate
};

// A call as it is written. For WITHIN GROUP, `args` are the direct ones followed by the ordered
// ones.
struct FunctionCall {
  std::string_view schema;  // empty: by search path
  std::string_view name;
  std::vector<TypeId> args;            // kUnknown for unknown literals
  std::vector<std::string> arg_names;  // of the last arg_names.size() arguments: f(1, b => 2)
  bool variadic = false;               // VARIADIC before the last argument
  bool procedure = false;              // CALL
  bool plain = true;  // without DISTINCT, ORDER BY, FILTER, OVER, *: may be a cast or a column
};

enum class CallKind : std::uint8_t {
  NotFound,
  Ambiguous,
  Function,  // also aggregates, window functions, procedures: see function->kind
  Cast,      // type(x) where no function fits: a cast of the argument to `result`
  Column,    // column(row): the column `column` of the argument
};

struct ResolvedCall {
  CallKind kind = CallKind::NotFound;
  const FunctionInfo* function = nullptr;
  // The declared type for each given argument, in the order of the call, polymorphic types
  // resolved: what each argument is coerced to. kAny: as it is. Of an expanded variadic: the
  // element type.
  std::vector<TypeId> arg_types;
  std::vector<int>
      arg_positions;  // of named calls: the parameter's place for each argument; else empty
  bool variadic_expanded = false;  // f(1,2,3) meets a variadic parameter
  int defaults_used = 0;
  TypeId result;       // resolved; of Column: the column's type
  std::string column;  // of Column
};

ResolvedCall resolve_call(const TypeSystem& system, const FunctionCall& call, SearchPath path);

// All functions of that name; of every schema when `schema` is empty.
std::vector<const FunctionInfo*> functions_named(const TypeSystem& system, std::string_view schema,
                                                 std::string_view name);

// The function with exactly these input types (LookupFuncWithArgs), by search path; null: none.
const FunctionInfo* find_function(const TypeSystem& system, std::string_view schema,
                                  std::string_view name, std::span<const TypeId> args,
                                  SearchPath path);

// "integer, text": the input types as in ObjectId::args.
std::string identity_args(const TypeSystem& system, const FunctionInfo& function);

// OUT columns of a function that returns record or SETOF record with OUT/TABLE arguments (built-in
// and user functions), in order; or of one that returns a row type its columns. Empty: scalar, or
// unknown.
std::vector<ColumnInfo> result_columns(const TypeSystem& system, const FunctionInfo& function,
                                       TypeId result);

}  // namespace schemadiff::parser
