// A member that few objects of a kind fill.
#pragma once

#include <memory>
#include <utility>

namespace schemadiff::schema {

// Holds a T as a value does, in the room of a pointer while it is T{}: columns and index elements come
// in hundred thousands, and most of their attributes are at rest. Not empty after edit().
template <class T>
class Rare {
 public:
  Rare() = default;
  Rare(T value) { *this = std::move(value); }
  Rare(const Rare& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(Rare other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }
  Rare& operator=(T value) {
    value_ = value == T{} ? nullptr : std::make_unique<T>(std::move(value));
    return *this;
  }
  ~Rare() = default;

  const T& operator*() const { return value_ ? *value_ : nothing(); }
  const T* operator->() const { return &**this; }
  operator const T&() const { return **this; }
  bool empty() const { return (**this).empty(); }
  void clear() { value_.reset(); }
  T& edit() {
    if (!value_) value_ = std::make_unique<T>();
    return *value_;
  }

  friend bool operator==(const Rare& a, const Rare& b) { return *a == *b; }
  friend bool operator==(const Rare& a, const T& b) { return *a == b; }

 private:
  static const T& nothing() {
    static const T value{};
    return value;
  }

  std::unique_ptr<T> value_;
};

}  // namespace schemadiff::schema
