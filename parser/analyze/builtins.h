// The built-in objects of PostgreSQL, read once from the tables that builtins.sql generates.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "parser/analyze/type_system_functions.h"
#include "parser/analyze/type_system_operators.h"

namespace schemadiff::parser {

// A schema-qualified name as a key of hash tables.
struct NameKey {
  std::string_view schema;
  std::string_view name;
  bool operator==(const NameKey&) const = default;
};

struct NameKeyHash {
  std::size_t operator()(const NameKey& key) const noexcept {
    std::hash<std::string_view> hash;
    return hash(key.name) * 31 + hash(key.schema);
  }
};

// A column that every table has and no statement makes (heap.c).
struct SystemColumn {
  std::string_view name;
  TypeId type;
};
// Null: none is called so.
const SystemColumn* find_system_column(std::string_view name);

struct CastInfo {
  char context = 'e';  // pg_cast.castcontext: i implicit, a assignment, e explicit
  char method = 'f';   // pg_cast.castmethod: f function, i inout, b binary
  std::string_view function;
  const schema::Object* object = nullptr;  // of a user cast
};

inline constexpr std::uint64_t cast_key(TypeId from, TypeId to) {
  return (std::uint64_t{from.oid} << 32) | to.oid;
}

struct OpclassInfo {
  std::string_view method, schema, name;
  TypeId type;
  bool is_default = false;
};

struct BuiltInRelation {
  char kind = 'r';
  TypeId row_type;
  std::string_view columns;  // name:type:typmod:collation,…
};

struct BuiltIns {
  static constexpr std::uint32_t kFirstUserType = 16384;

  std::vector<TypeInfo> types;
  std::array<std::uint16_t, kFirstUserType> type_index{};  // by oid; 0 is the entry of "no type"
  std::unordered_map<NameKey, TypeId, NameKeyHash> types_by_name;

  std::vector<FunctionInfo> functions;               // by name
  std::vector<std::string_view> function_outputs;    // name:type,… ; parallel to functions
  std::vector<TypeId> function_args;                 // what FunctionInfo::args points into
  std::vector<std::string_view> function_arg_names;  // likewise
  std::unordered_map<std::string_view, std::span<const FunctionInfo>> functions_by_name;

  std::vector<OperatorInfo> operators;  // by name
  std::unordered_map<std::string_view, std::span<const OperatorInfo>> operators_by_name;

  std::unordered_map<std::uint64_t, CastInfo> casts;
  std::vector<OpclassInfo> opclasses;
  std::unordered_map<NameKey, BuiltInRelation, NameKeyHash> relations;
  std::unordered_map<std::uint32_t, const BuiltInRelation*> relations_by_row_type;

  // By what they are: "collation", "access method", "language", "text search configuration", …
  std::unordered_set<NameKey, NameKeyHash> names;

  const TypeInfo& type(TypeId id) const { return types[type_index[id.oid]]; }
};

// Shared by all threads, built at the first call.
const BuiltIns& builtins();

// The next part of `rest` up to the separator, which is taken off; the whole rest when there is
// none.
std::string_view next_part(std::string_view& rest, char separator);

// A decimal number, as the generated tables have them.
std::int64_t table_number(std::string_view text);

}  // namespace schemadiff::parser
