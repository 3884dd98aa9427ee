// The rows of one statement, read field by field in the order of the statement's columns.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values.h"

struct pg_result;  // libpq's

namespace schemadiff::schema::introspection {

using Oid = std::uint32_t;

class Rows {
 public:
  // Takes the result over.
  explicit Rows(pg_result* result);

  // Goes to the next row; false after the last.
  bool next();
  int count() const { return count_; }

  // The next field of the row. NULL reads as empty, 0, false, '\0'; is_null looks ahead.
  bool is_null() const;
  void skip() { ++field_; }
  std::string_view view();
  std::string text() { return std::string(view()); }
  std::int64_t integer();
  int number() { return static_cast<int>(integer()); }
  Oid oid() { return static_cast<Oid>(integer()); }
  double real();
  bool flag() { return view() == "t"; }
  char letter();
  // Arrays of numbers, int2vector and oidvector.
  std::vector<int> numbers();
  std::vector<Oid> oids();
  std::vector<std::string> texts();
  // reloptions and the like, "name=value" each, sorted by name.
  Options options();

 private:
  struct Free {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Free> result_;
  int count_;
  int row_ = -1;
  int field_ = 0;
};

// The elements of an array as the server prints it: {a,"b c",NULL}. NULL reads as empty.
std::vector<std::string> array_elements(std::string_view array);

}  // namespace schemadiff::schema::introspection
