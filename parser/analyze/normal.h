// Shared by the sources that write normal forms.
#pragma once

#include <string>
#include <string_view>

#include "parser/analyze/typed.h"

namespace schemadiff::parser {

class Normalizer {
 public:
  explicit Normalizer(const NormalOptions& options)
      : options_(options), used_(options.used_names) {}

  void expression(const Typed& value, bool show_implicit);
  // `named`: whether the names of the output columns matter.
  void query(Query& query, const std::vector<std::string>& result_names, bool named = true);

  std::string out;

 private:
  void name(std::string_view text);
  void qualified_name(std::string_view text);
  void type(TypeRef type);
  void constant(const Typed& value, TypeRef shown);
  void coercion(const Typed& value, bool show);
  void column(const Typed& value);
  void kids(const Typed& value, bool show);
  void list(std::string_view word, const Typed& value, bool show);
  void terms(const Typed& value);
  void conditional(const Typed& value);
  void sort_keys(std::string_view before, const std::vector<SortKey>& keys);
  void window(const WindowSpec& spec);
  void call(const Typed& value);
  void sublink(const Typed& value);
  void other(const Typed& value, bool show);
  // normal_query.cpp
  void name_entries(Query& query);
  void name_columns(Entry& entry);
  void ctes(Query& query);
  void targets(const std::vector<TypedTarget>& list, const std::vector<std::string>& names,
               bool named);
  void select(Query& query, const std::vector<std::string>& result_names, bool named);
  void values(Query& query, const std::vector<std::string>& result_names, bool named);
  void set_operation(Query& query, const std::vector<std::string>& result_names, bool named);
  void statement(Query& query);
  void from(Entry& entry);
  void entry_names(const Entry& entry);
  void words(std::string_view text, const std::vector<Typed*>& values);
  void optional(std::string_view before, const Typed* value);

  const NormalOptions& options_;
  std::vector<std::string> used_;  // names of range table entries in sight
};

}  // namespace schemadiff::parser
