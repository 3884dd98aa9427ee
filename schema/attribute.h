// Attribute tables: each kind declares its attributes once; comparison, dump, JSON and the coverage
// page walk the same table.
#pragma once

#include <string_view>
#include <tuple>

namespace schemadiff::schema {

// What a change of the attribute means for a live object.
enum class Alter : unsigned char {
  InPlace,   // an ALTER (or CREATE OR REPLACE) that keeps the object
  Replace,   // the object is dropped and created, with all that refers to it
  Depends,   // decided from both values (diff/replace.h)
};

template <class T, class M>
struct Attribute {
  std::string_view name;  // as reports show it, lower case words
  M T::*member;
  Alter alter;
};

template <class T, class M>
constexpr Attribute<T, M> attribute(std::string_view name, M T::*member, Alter alter = Alter::InPlace) {
  return {name, member, alter};
}

// Calls f(attribute) for each attribute of T's table, in order.
template <class T, class F>
constexpr void for_each_attribute(F&& f) {
  std::apply([&](const auto&... a) { (f(a), ...); }, T::attributes());
}

}  // namespace schemadiff::schema
