// Names and literals are quoted exactly where PostgreSQL needs it.
#include "schema/quote.h"

#include <catch2/catch.hpp>

#include "schema/object_id.h"

using namespace schemadiff::schema;

TEST_CASE("plain words stay bare, all else is quoted", "[quote]") {
  CHECK(quote_identifier("orders_2") == "orders_2");
  CHECK(quote_identifier("_x") == "_x");
  CHECK(quote_identifier("Order") == "\"Order\"");
  CHECK(quote_identifier("2nd") == "\"2nd\"");
  CHECK(quote_identifier("") == "\"\"");
  CHECK(quote_identifier("a b") == "\"a b\"");
  CHECK(quote_identifier("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(quote_identifier("größe") == "\"größe\"");
  CHECK(quote_identifier("a$") == "\"a$\"");
}

TEST_CASE("keywords are quoted unless they are unreserved", "[quote]") {
  CHECK(quote_identifier("select") == "\"select\"");      // reserved
  CHECK(quote_identifier("left") == "\"left\"");          // function or type name
  CHECK(quote_identifier("interval") == "\"interval\"");  // no function or type name
  CHECK(quote_identifier("name") == "name");              // unreserved
  CHECK(quote_identifier("type") == "type");
  CHECK(quote_identifier("system_user") == "\"system_user\"");  // from 16 on
}

TEST_CASE("qualified names", "[quote]") {
  CHECK(quote_qualified({"public", "Order"}) == "public.\"Order\"");
  CHECK(quote_qualified({"", "user"}) == "\"user\"");
}

TEST_CASE("literals double their quotes and escape backslashes", "[quote]") {
  CHECK(quote_literal("it's") == "'it''s'");
  CHECK(quote_literal("") == "''");
  CHECK(quote_literal("a\\b'c") == "E'a\\\\b''c'");
}

TEST_CASE("objects are named for SQL and for people", "[object_id]") {
  const ObjectId table{Kind::Table, "public", "", "Order", ""};
  const ObjectId column{Kind::Column, "public", "Order", "user", ""};
  const ObjectId constraint{Kind::Constraint, "public", "Order", "order_pkey", ""};
  const ObjectId routine{Kind::Routine, "app", "", "f", "integer, text"};
  const ObjectId aggregate{Kind::Aggregate, "app", "", "all_of", ""};
  CHECK(sql_name(table) == "public.\"Order\"");
  CHECK(sql_name(constraint) == "order_pkey");
  CHECK(sql_name(routine) == "app.f(integer, text)");
  CHECK(sql_name(aggregate) == "app.all_of(*)");
  CHECK(sql_address(table) == "TABLE public.\"Order\"");
  CHECK(sql_address(column) == "COLUMN public.\"Order\".\"user\"");
  CHECK(sql_address(constraint) == "CONSTRAINT order_pkey ON public.\"Order\"");
  CHECK(sql_address(routine, "PROCEDURE") == "PROCEDURE app.f(integer, text)");
  CHECK(describe(column) == "column public.\"Order\".\"user\"");
  CHECK(describe(constraint) == "constraint order_pkey on public.\"Order\"");
  CHECK(describe({Kind::Default, "public", "t", "c", ""}) == "default of public.t.c");
}
