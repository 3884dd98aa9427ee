// What hints say of values.
#include "schema/value_map.h"

#include <catch2/catch.hpp>

namespace schemadiff::schema {

TEST_CASE("a map of values is read as it is written") {
  CHECK(read_value_map("a:b") == ValueMap{{"a", "b"}});
  CHECK(read_value_map(" old one : new one ,c:b ") == ValueMap{{"old one", "new one"}, {"c", "b"}});
  CHECK(read_value_map("'it''s, here: a':'' ") == ValueMap{{"it's, here: a", ""}});
}

TEST_CASE("what is no map of values is refused") {
  for (const char* text : {"", "a", "a:", ":b", "a:b,", "a:b c:d,", "a:b:c", "'a:b", "a:b, a:c"}) {
    INFO(text);
    CHECK_FALSE(read_value_map(text).has_value());
  }
}

TEST_CASE("a pair that is shown can be read") {
  for (const auto& [before, after] :
       {std::pair{"a", "b"}, {"a b", "'"}, {"x:y", "1, 2"}, {" ", ""}}) {
    const std::string shown = show_value_pair(before, after);
    INFO(shown);
    CHECK(read_value_map(shown) == ValueMap{{before, after}});
  }
}

}  // namespace schemadiff::schema
