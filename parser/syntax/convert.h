// Shared by the sources that convert raw nodes to Tree.
#pragma once

#include <utility>

#include "parser/syntax/raw.h"
#include "parser/syntax/raw_nodes.h"  // last: see there

namespace schemadiff::parser {

TreePtr convert_expression(const ::Node* node);  // null where the node is no expression
TreePtr convert_query(const ::Node* node);       // null where the node is no part of a query

template <class T>
const T* as(const ::Node* node) {
  return reinterpret_cast<const T*>(node);
}

inline TreePtr make(Tag tag, std::string text = {}) {
  auto tree = std::make_unique<Tree>(tag);
  tree->text = std::move(text);
  return tree;
}

inline const char* value_of(const ListCell& cell) {
  return reinterpret_cast<const ::String*>(cell.ptr_value)->sval;
}

// The strings of a list of String nodes.
std::vector<std::string> strings_of(const ::List* list);

void append(Tree& tree,
            const ::List* items);       // converts each item to a kid; null items become null
TreePtr list_of(const ::List* items);   // a List; null for an empty list
void add(Tree& tree, const void* raw);  // convert(raw) becomes the last kid
void set_flag(Tree& tree, Flag flag, bool on);

}  // namespace schemadiff::parser
