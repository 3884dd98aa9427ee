// Shared by the sources that print a Tree.
#pragma once

#include <string>
#include <string_view>

#include "parser/syntax/syntax.h"

namespace schemadiff::parser {

struct Printer {
  std::string out;

  void node(const Tree& tree);  // anything
  void expression(const Tree& tree);
  void operand(const Tree& tree);  // in parentheses unless it binds tightest
  void type(const Tree& tree);
  void select(const Tree& tree);
  void statement(const Tree& tree);  // Insert, Update, Delete, Merge
  void from_item(const Tree& tree);
  void clause(const Tree& tree);  // what stands inside a query and is neither of these
  void list(const Tree& tree, std::size_t from = 0, std::string_view separator = ", ");
  void optional_list(std::string_view before, const Tree* list, std::string_view after = {});
  void optional(std::string_view before, const Tree* tree);
  void path(const std::vector<std::string>& names);                         // a.b, quoted
  void word(std::string_view name);                                         // quoted where needed
  void words(const std::vector<std::string>& names, std::size_t from = 0);  // a, b
  void operator_name(const Tree& tree);

  void call(const Tree& tree);
  bool keyword_call(const Tree& tree);  // false: there is no keyword form for it
  void indirection(const Tree& tree, std::size_t from);
  void window(const Tree& tree);

 private:
  void literal(const Tree& tree);
  void operation(const Tree& tree);
  void sublink(const Tree& tree);
  void conditional(const Tree& tree);
  void xml(const Tree& tree);
  void value_function(const Tree& tree);
  void term(const Tree& tree);  // of AND, OR, NOT
  void set_operation(const Tree& tree);
  void set_operand(const Tree& tree, const Tree& parent, bool left);
  void insert(const Tree& tree);
  void merge(const Tree& tree);
  void merge_when(const Tree& tree);
  void join(const Tree& tree);
  void range_function(const Tree& tree);
  void table_function(const Tree& tree);
  void bound(const Tree& tree);
};

}  // namespace schemadiff::parser
