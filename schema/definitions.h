// The definitions of a catalog (expressions, queries, bodies), found by the attribute tables.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::schema {

// The member of a part of an attribute that holds its definition.
template <class T>
constexpr auto* definition_of(T& part) {
  if constexpr (requires { part.expression; }) {
    return &part.expression;
  } else if constexpr (requires { part.default_value; }) {
    return &part.default_value;
  } else if constexpr (requires { part.check; }) {
    return &part.check;
  } else if constexpr (requires { part.filter; }) {
    return &part.filter;
  } else if constexpr (requires { part.elements; }) {
    return &part.elements;
  } else {
    return static_cast<std::nullptr_t*>(nullptr);
  }
}

template <class T>
struct ElementOf {
  using type = void;
};
template <class T>
struct ElementOf<std::vector<T>> {
  using type = T;
};

template <class T>
constexpr bool holds_definitions() {
  if constexpr (std::is_void_v<T> || !std::is_class_v<T>) {
    return false;
  } else if constexpr (std::is_same_v<T, Expr> || std::is_same_v<T, Rare<Expr>>) {
    return true;
  } else if constexpr (!std::is_void_v<typename ElementOf<T>::type>) {
    return holds_definitions<typename ElementOf<T>::type>();
  } else {
    return !std::is_same_v<decltype(definition_of(std::declval<T&>())), std::nullptr_t*>;
  }
}

// f(name, definition) for each that is not empty in the value of an attribute called `name`; those
// of a list are "name 1", "name 2" and so on.
template <class V, class F>
void for_each_definition_in(V& value, std::string_view name, F&& f) {
  using T = std::remove_const_t<V>;
  if constexpr (std::is_same_v<T, Expr>) {
    if (!value.empty()) f(std::string(name), value);
  } else if constexpr (std::is_same_v<T, Rare<Expr>>) {
    if (value.empty()) return;
    if constexpr (std::is_const_v<V>)
      f(std::string(name), *value);
    else
      f(std::string(name), value.edit());
  } else if constexpr (!holds_definitions<T>()) {
    return;
  } else if constexpr (!std::is_void_v<typename ElementOf<T>::type>) {
    for (std::size_t i = 0; i < value.size(); ++i)
      for_each_definition_in(value[i], std::string(name) + ' ' + std::to_string(i + 1), f);
  } else {
    for_each_definition_in(*definition_of(value), name, f);
  }
}

// f(id, attribute, definition) for each definition of the catalog that is not empty; those of a
// column have its id.
template <class C, class F>
void for_each_definition(C& catalog, F&& f) {
  const auto visit = [&](const ObjectId& id, auto& object) {
    for_each_attribute<std::decay_t<decltype(object)>>([&](const auto& attribute) {
      for_each_definition_in(
          object.*attribute.member, attribute.name,
          [&](const std::string& name, auto& definition) { f(id, name, definition); });
    });
  };
  catalog.for_each([&](auto& object) {
    visit(object.id, object);
    if constexpr (std::is_same_v<std::decay_t<decltype(object)>, Table>)
      for (auto& column : object.columns)
        visit({Kind::Column, object.id.schema, object.id.name, column.name, {}}, column);
  });
}

}  // namespace schemadiff::schema
