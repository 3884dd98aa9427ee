// The judges' own scanner of SQL text.
#include "tests/support/sql_text.h"

#include <catch2/catch.hpp>

namespace schemadiff::testing {

TEST_CASE("statements end at semicolons outside of quotes, brackets and bodies", "[sql_text]") {
  CHECK(split_statements("SELECT 1; -- a;b\n\nSELECT ';' ;\n") ==
        std::vector<std::string>{"SELECT 1", "SELECT ';'"});
  CHECK(split_statements("\\restrict abc\nSELECT $a$;$a$ /* ; /* ; */ */;") ==
        std::vector<std::string>{"SELECT $a$;$a$"});
  CHECK(split_statements(
            "CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END; SELECT 2")
            .size() == 2);
  CHECK(split_statements("SELECT E'\\';', \"a;b\"; SELECT 2").size() == 2);
}

TEST_CASE("dumps are compared without settings, comments and the order of columns", "[sql_text]") {
  const auto a = normalise_dump(
      "SET x = 1;\nCREATE TABLE t (\n    b text,\n    a numeric(5,2)\n);\nSELECT 2;\n");
  const auto b =
      normalise_dump("-- Name: t\nSELECT 2;\nCREATE TABLE t (\n  a numeric(5,2),\n  b text\n);");
  const auto c = normalise_dump("CREATE TABLE t (a numeric(5,3), b text);SELECT 2;");
  CHECK(a == b);
  CHECK(difference(a, b).empty());
  CHECK(a != c);
  CHECK(difference(a, c).find("numeric(5,3)") != std::string::npos);
}

TEST_CASE("what a dump holds in partition keys and values is kept in order", "[sql_text]") {
  const auto a = normalise_dump("CREATE TABLE t (b int, a int) PARTITION BY RANGE (b, a);");
  const auto b = normalise_dump("CREATE TABLE t (b int, a int) PARTITION BY RANGE (a, b);");
  CHECK(a != b);
}

}  // namespace schemadiff::testing
