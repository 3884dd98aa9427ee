// What a TypeSystem holds beside the built-in objects; private to type_system*.cpp.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "parser/analyze/builtins.h"
#include "parser/analyze/type_system.h"

namespace schemadiff::parser {

struct TypeTables {
  TypeTables(const schema::Catalog& catalog_in, const schema::ExtensionObjects& environment_in)
      : catalog(catalog_in), environment(environment_in), built_in(builtins()) {}

  const schema::Catalog& catalog;
  const schema::ExtensionObjects& environment;
  const BuiltIns& built_in;

  std::vector<TypeInfo> types;                                     // by oid - kFirstUserType
  std::unordered_map<NameKey, TypeId, NameKeyHash> types_by_name;  // without array types
  std::string array_names;  // the text of all array types' names

  std::deque<FunctionInfo> functions;
  std::deque<std::vector<TypeId>> function_args;
  std::deque<std::vector<std::string_view>> function_arg_names;
  std::unordered_map<std::string_view, std::vector<const FunctionInfo*>> functions_by_name;

  std::deque<OperatorInfo> operators;
  std::unordered_map<std::string_view, std::vector<const OperatorInfo*>> operators_by_name;

  std::unordered_map<std::uint64_t, CastInfo> casts;
  std::vector<OpclassInfo> opclasses;

  // Modifiers of extension types that are not one integer; a typmod from kFirstModifier on is an
  // index.
  static constexpr std::int32_t kFirstModifier = 0x40000000;
  mutable std::mutex modifiers_mutex;
  mutable std::vector<std::string> modifiers;

  // What parse() has met: schemas name few types, many times.
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  mutable std::mutex parsed_mutex;
  mutable std::unordered_map<std::string, TypeRef, TextHash, std::equal_to<>> parsed;

  const TypeInfo& info(TypeId id) const;
  const CastInfo* cast(TypeId from, TypeId to) const;

  // f(entry) for each function or operator of the name, built-in ones first.
  template <class F>
  void for_each_function(std::string_view name, F&& f) const {
    if (auto place = built_in.functions_by_name.find(name);
        place != built_in.functions_by_name.end()) {
      for (const FunctionInfo& function : place->second) f(function);
    }
    if (auto place = functions_by_name.find(name); place != functions_by_name.end()) {
      for (const FunctionInfo* function : place->second) f(*function);
    }
  }
  template <class F>
  void for_each_operator(std::string_view name, F&& f) const {
    if (auto place = built_in.operators_by_name.find(name);
        place != built_in.operators_by_name.end()) {
      for (const OperatorInfo& op : place->second) f(op);
    }
    if (auto place = operators_by_name.find(name); place != operators_by_name.end()) {
      for (const OperatorInfo* op : place->second) f(*op);
    }
  }
};

// Fills in the routines, operators, casts and operator classes; types are there already.
void read_user_routines(const TypeSystem& system, TypeTables& tables);

// The place of a schema in the order of look-up, 0 first; -1: not searched.
int path_position(std::string_view schema, SearchPath path);

// f(schema) in the order of look-up until it returns true.
template <class F>
bool any_in_path(SearchPath path, F&& f) {
  bool listed = false;
  for (const std::string& schema : path) listed = listed || schema == "pg_catalog";
  if (!listed && f(std::string_view("pg_catalog"))) return true;
  for (const std::string& schema : path) {
    if (f(std::string_view(schema))) return true;
  }
  return false;
}

// type_system_names.cpp: the modifiers of a type from their texts, and back with parentheses (and,
// for timestamps and the like, the words after them). Nullopt: the type does not take them.
std::optional<std::int32_t> pack_modifiers(const TypeSystem& system, TypeId type,
                                           const std::vector<std::string>& modifiers);

}  // namespace schemadiff::parser
