// The output forms of literals, as PostgreSQL 15 prints them with default settings.
#include <catch2/catch.hpp>

#include "parser/analyze/type_system_literals.h"

namespace schemadiff::parser {
namespace {

struct Fixture {
  schema::Catalog catalog;
  schema::ExtensionObjects environment;
  TypeSystem system{catalog, environment};

  std::string form(std::string_view type, std::string_view text) const {
    return literal_output(system, system.parse_written(type, {}), text).value_or("undecided");
  }
};

}  // namespace

TEST_CASE("number literals", "[literals]") {
  Fixture t;
  CHECK(t.form("integer", " 007 ") == "7");
  CHECK(t.form("smallint", "40000") == "undecided");
  CHECK(t.form("numeric", " 1.50 ") == "1.50");
  CHECK(t.form("numeric", "1.5e-3") == "0.0015");
  CHECK(t.form("numeric", ".5") == "0.5");
  CHECK(t.form("numeric(10,2)", "-99.995") == "-100.00");
  CHECK(t.form("numeric(4,2)", "99.995") == "undecided");
  CHECK(t.form("double precision", "1e15") == "1e+15");
  CHECK(t.form("double precision", "0.10") == "0.1");
  CHECK(t.form("real", "58336290") == "5.8336288e+07");
  CHECK(t.form("boolean", "yes") == "true");
}

TEST_CASE("string literals", "[literals]") {
  Fixture t;
  CHECK(t.form("text", " a ") == " a ");
  CHECK(t.form("varchar(3)", "äöüx") == "äöü");
  CHECK(t.form("char(3)", "a") == "a  ");
  CHECK(t.form("name", std::string(70, 'x')) == std::string(63, 'x'));
  CHECK(t.form("bit varying", "xA") == "1010");
  CHECK(t.form("bytea", "abc") == "\\x616263");
  CHECK(t.form("uuid", "{A0EEBC999C0B4EF8BB6D6BB9BD380A11}") ==
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
  CHECK(t.form("inet", "192.168.1.5/32") == "192.168.1.5");
  CHECK(t.form("cidr", "192.168.1.5/24") == "undecided");
}

TEST_CASE("date and time literals", "[literals]") {
  Fixture t;
  CHECK(t.form("date", "Jan 5 2020") == "2020-01-05");
  CHECK(t.form("date", "2021-02-29") == "undecided");
  CHECK(t.form("date", "today") == "undecided");
  CHECK(t.form("time", "4:05 pm") == "16:05:00");
  CHECK(t.form("timestamp", "2020-01-02") == "2020-01-02 00:00:00");
  CHECK(t.form("timestamp(0)", "2000-12-31 23:59:59.5") == "2001-01-01 00:00:00");
  CHECK(t.form("timestamp(0)", "1999-12-31 23:59:59.5") == "1999-12-31 23:59:59");
  CHECK(t.form("timestamptz", "2020-01-01 01:00+02") == "2019-12-31 23:00:00+00");
  CHECK(t.form("timestamptz", "2020-01-01 01:00+001") == "2020-01-01 00:59:00+00");
  CHECK(t.form("timestamptz", "2020-01-01 01:00-3:3") == "2020-01-01 04:03:00+00");
  CHECK(t.form("timestamptz", "2020-01-01 01:00+01600") == "undecided");
  CHECK(t.form("timestamptz", "2020-01-01") == "undecided");
  CHECK(t.form("timestamptz", "2020-01-01+02") == "2019-12-31 22:00:00+00");
  CHECK(t.form("timestamptz", "2020-01-01 utc") == "2020-01-01 00:00:00+00");
  CHECK(t.form("date", "2020-01-01+02") == "2020-01-01");
  CHECK(t.form("timestamptz", "infinity") == "infinity");
  CHECK(t.form("timestamptz", "-Infinity1") == "-infinity");
  CHECK(t.form("interval", "90 minutes") == "01:30:00");
  CHECK(t.form("interval", "P1Y2M3DT4H") == "1 year 2 mons 3 days 04:00:00");
  CHECK(t.form("interval", "1 day ago") == "-1 days");
  CHECK(t.form("interval", "-1 mon 1 day") == "-1 mons +1 day");
  CHECK(t.form("interval hour", "5") == "05:00:00");
  CHECK(t.form("interval", "1.5 months") == "1 mon 15 days");
  CHECK(t.form("interval", "999999999999999 hours") == "undecided");
}

TEST_CASE("jsonb literals", "[literals]") {
  Fixture t;
  CHECK(t.form("jsonb", R"({"bb":1,"a":[1.0,null],"a":2})") == R"({"a": 2, "bb": 1})");
  CHECK(t.form("jsonb", R"("\u0041\/\n")") == R"("A/\n")");
  CHECK(t.form("jsonb", "[1,]") == "undecided");
  CHECK(t.form("jsonb", "01") == "undecided");
  CHECK(t.form("jsonb", std::string(100000, '[')) == "undecided");
  CHECK(t.form("json", "{ }") == "{ }");
}

TEST_CASE("array and range literals", "[literals]") {
  Fixture t;
  CHECK(t.form("text[]", "{ a , \"b c\",NULL}") == "{a,\"b c\",NULL}");
  CHECK(t.form("integer[]", "{{01,2},{3,4}}") == "{{1,2},{3,4}}");
  CHECK(t.form("integer[]", "{{1},{2,3}}") == "undecided");
  CHECK(t.form("text[]", "{a") == "undecided");
  CHECK(t.form("boolean[]", "{true,no}") == "{t,f}");
  CHECK(t.form("int4range", "[1,5]") == "[1,6)");
  CHECK(t.form("int4range", "(1,2)") == "empty");
  CHECK(t.form("numrange", "[1.0,2]") == "[1.0,2]");
  CHECK(t.form("daterange", "[2020-02-28,2020-02-29]") == "[2020-02-28,2020-03-01)");
  CHECK(t.form("int4range", "[5,1]") == "undecided");
  CHECK(t.form("int4multirange", "{[1,3],[5,7)}") == "{[1,4),[5,7)}");
}

TEST_CASE("names of objects as literals", "[literals]") {
  Fixture t;
  CHECK(t.form("regtype", "int4") == "integer");
  CHECK(t.form("regclass", "pg_catalog.pg_class") == "pg_class");
  CHECK(t.form("regclass", "no_such") == "undecided");
  CHECK(t.form("regprocedure", "length(text)") == "length(text)");
  CHECK(t.form("regconfig", "pg_catalog.english") == "english");
}

}  // namespace schemadiff::parser
