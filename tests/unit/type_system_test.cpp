// Types, coercions, functions and operators against what PostgreSQL 15 says of the same cases.
#include "parser/analyze/type_system.h"

#include <array>
#include <catch2/catch.hpp>

#include "parser/analyze/type_system_coercion.h"
#include "parser/analyze/type_system_functions.h"
#include "parser/analyze/type_system_operators.h"

namespace schemadiff::parser {
namespace {

using schema::Catalog;
using schema::Kind;
using schema::ObjectId;

ObjectId public_id(Kind kind, std::string name, std::string args = {}) {
  return {kind, "public", "", std::move(name), std::move(args)};
}

schema::Argument argument(std::string type, char mode = 'i', std::string name = {},
                          std::string default_value = {}) {
  schema::Argument result;
  result.mode = mode;
  result.name = std::move(name);
  result.type.sql = std::move(type);
  result.default_value.sql = std::move(default_value);
  return result;
}

void add_function(Catalog& catalog, std::string name, std::vector<schema::Argument> arguments,
                  std::string returns) {
  std::string args;
  for (const schema::Argument& a : arguments) args += (args.empty() ? "" : ", ") + a.type.sql;
  schema::Routine routine;
  routine.id = public_id(Kind::Routine, std::move(name), std::move(args));
  routine.arguments = std::move(arguments);
  routine.returns.sql = std::move(returns);
  catalog.routines.emplace(routine.id, routine);
}

Catalog make_catalog() {
  Catalog catalog;
  schema::Enum mood;
  mood.id = public_id(Kind::Enum, "mood");
  mood.labels = {"sad", "ok"};
  catalog.enums.emplace(mood.id, mood);
  schema::Domain code;
  code.id = public_id(Kind::Domain, "code");
  code.base.sql = "character varying(10)";
  catalog.domains.emplace(code.id, code);
  schema::Table orders;
  orders.id = public_id(Kind::Table, "orders");
  schema::Column total;
  total.name = "total";
  total.type.sql = "numeric(10,2)";
  orders.columns.push_back(total);
  catalog.tables.emplace(orders.id, orders);
  schema::Range speed;
  speed.id = public_id(Kind::Range, "speed");
  speed.subtype.sql = "double precision";
  speed.multirange = {"public", "speeds"};
  catalog.ranges.emplace(speed.id, speed);
  add_function(catalog, "f", {argument("integer")}, "integer");
  add_function(catalog, "f", {argument("text")}, "text");
  add_function(catalog, "g",
               {argument("integer", 'i', "a"), argument("text", 'i', "b", "'x'::text"),
                argument("integer", 'i', "c", "3")},
               "integer");
  add_function(catalog, "total_of", {argument("integer[]", 'v', "xs")}, "bigint");
  add_function(catalog, "pick", {argument("anyelement"), argument("anyarray")}, "anyelement");
  add_function(catalog, "first", {argument("anycompatible"), argument("anycompatible")},
               "anycompatible");
  return catalog;
}

struct Fixture {
  Catalog catalog = make_catalog();
  schema::ExtensionObjects environment = make_environment();
  TypeSystem system{catalog, environment};
  std::vector<std::string> path{"public"};

  static schema::ExtensionObjects make_environment() {
    schema::ExtensionObjects objects;
    objects.types.push_back({{"public", "vector"}, 'b', 'U', false, "", 'e', false});
    objects.operators.push_back(
        {{"public", "<->"}, "public.vector", "public.vector", "double precision"});
    objects.casts.push_back({"public.vector", "real[]", 'i', 'f'});
    return objects;
  }

  TypeId type(std::string_view text) const {
    return text == "unknown" ? types::kUnknown : system.parse_written(text, path).id;
  }

  std::vector<TypeId> type_list(std::initializer_list<std::string_view> texts) const {
    std::vector<TypeId> list;
    for (std::string_view text : texts) list.push_back(type(text));
    return list;
  }

  std::string call(std::string_view name, std::initializer_list<std::string_view> args) const {
    FunctionCall call;
    call.name = name;
    call.args = type_list(args);
    ResolvedCall result = resolve_call(system, call, path);
    switch (result.kind) {
      case CallKind::Function:
        return std::string(result.function->name) + "(" + identity_args(system, *result.function) +
               ") " + system.text(result.result);
      case CallKind::Cast:
        return "cast " + system.text(result.result);
      case CallKind::Column:
        return "column " + result.column;
      case CallKind::Ambiguous:
        return "ambiguous";
      default:
        return "none";
    }
  }

  std::string op(std::string_view left, std::string_view name, std::string_view right) const {
    ResolvedOperator result =
        resolve_operator(system, "", name, left.empty() ? TypeId{} : type(left), type(right), path);
    if (!result) return result.status == OperatorStatus::Ambiguous ? "ambiguous" : "none";
    std::string operand = left.empty() ? "" : system.text(result.left) + " ";
    return operand + std::string(name) + " " + system.text(result.right) + " → " +
           system.text(result.result);
  }
};

}  // namespace

TEST_CASE("type names are resolved and printed as format_type does", "[types]") {
  Fixture t;
  auto written = [&](std::string_view text) {
    return t.system.text(t.system.parse_written(text, t.path));
  };
  CHECK(written("int") == "integer");
  CHECK(written("INT8") == "bigint");
  CHECK(written("varchar ( 20 )") == "character varying(20)");
  CHECK(written("char") == "character(1)");
  CHECK(written("bpchar") == "bpchar");
  CHECK(written("\"char\"") == "\"char\"");
  CHECK(written("float(24)") == "real");
  CHECK(written("dec(10)") == "numeric(10,0)");
  CHECK(written("numeric(3,-2)") == "numeric(3,-2)");
  CHECK(written("timestamptz(3)") == "timestamp(3) with time zone");
  CHECK(written("time with time zone") == "time with time zone");
  CHECK(written("interval day to second(3)") == "interval day to second(3)");
  CHECK(written("mood[3][]") == "public.mood[]");
  CHECK(written("_mood") == "public.mood[]");
  CHECK(written("integer array") == "integer[]");
  CHECK(written("vector(3)") == "public.vector(3)");
  CHECK_FALSE(t.system.parse_written("text(3)", t.path));
  CHECK_FALSE(t.system.parse_written("varchar(0)", t.path));
  CHECK_FALSE(t.system.parse_written("nope", t.path));
  CHECK_FALSE(t.system.parse_written("mood", {}));
  CHECK_FALSE(t.system.parse_written("\"unclosed", t.path));
  CHECK_FALSE(t.system.parse_written("", t.path));
  CHECK(t.system.text(t.system.parse("character").id) == "character");
  CHECK(t.system.parse("character").typmod == -1);
}

TEST_CASE("relations have row types and columns", "[types]") {
  Fixture t;
  auto orders = t.system.find_relation("", "orders", t.path);
  REQUIRE(orders);
  auto columns = t.system.columns(orders->row_type);
  REQUIRE(columns.size() == 1);
  CHECK(t.system.text(columns[0].type) == "numeric(10,2)");
  auto pg_class = t.system.find_relation("", "pg_class", t.path);
  REQUIRE(pg_class);
  CHECK(t.system.columns(pg_class->row_type).at(1).name == "relname");
  CHECK(t.system.find_relation("information_schema", "columns", {})->kind == 'v');
  CHECK_FALSE(t.system.find_relation("", "orders", {}));
}

TEST_CASE("functions are chosen by argument types", "[types]") {
  Fixture t;
  CHECK(t.call("f", {"smallint"}) == "f(integer) integer");
  CHECK(t.call("f", {"unknown"}) == "f(text) text");
  CHECK(t.call("f", {"code"}) == "f(text) text");
  CHECK(t.call("f", {"numeric"}) == "none");
  CHECK(t.call("g", {"integer"}) == "g(integer, text, integer) integer");
  CHECK(t.call("total_of", {"integer", "smallint"}) == "total_of(integer[]) bigint");
  CHECK(t.call("pick", {"mood", "mood[]"}) == "pick(anyelement, anyarray) public.mood");
  CHECK(t.call("pick", {"text", "integer[]"}) == "none");
  CHECK(t.call("first", {"integer", "numeric"}) == "first(anycompatible, anycompatible) numeric");
  CHECK(t.call("speed", {"unknown", "integer"}) ==
        "speed(double precision, double precision) public.speed");
  CHECK(t.call("sum", {"integer"}) == "sum(integer) bigint");
  CHECK(t.call("round", {"unknown", "integer"}) == "round(numeric, integer) numeric");
  CHECK(t.call("text", {"integer"}) == "cast text");
  CHECK(t.call("date", {"unknown"}) == "cast date");
  CHECK(t.call("total", {"orders"}) == "column total");
  CHECK(t.call("no_such", {"integer"}) == "none");
}

TEST_CASE("named arguments find their parameters", "[types]") {
  Fixture t;
  FunctionCall call;
  call.name = "g";
  call.args = {types::kInt4, types::kInt4};
  call.arg_names = {"c"};
  ResolvedCall result = resolve_call(t.system, call, t.path);
  REQUIRE(result.kind == CallKind::Function);
  CHECK(result.arg_positions == std::vector<int>{0, 2});
  CHECK(result.defaults_used == 1);
  call.name = "make_interval";
  call.arg_names = {"days", "hours"};
  CHECK(resolve_call(t.system, call, t.path).kind == CallKind::Function);
  call.arg_names = {"days", "days"};
  CHECK(resolve_call(t.system, call, t.path).kind == CallKind::NotFound);
}

TEST_CASE("operators are chosen by operand types", "[types]") {
  Fixture t;
  CHECK(t.op("varchar", "=", "unknown") == "text = text → boolean");
  CHECK(t.op("integer", "+", "bigint") == "integer + bigint → bigint");
  CHECK(t.op("mood", "=", "unknown") == "public.mood = public.mood → boolean");
  CHECK(t.op("code", "=", "unknown") == "text = text → boolean");
  CHECK(t.op("text[]", "||", "unknown") == "text[] || text[] → text[]");
  CHECK(t.op("unknown", "||", "unknown") == "text || text → text");
  CHECK(t.op("", "-", "smallint") == "- smallint → smallint");
  CHECK(t.op("jsonb", "->>", "unknown") == "jsonb ->> text → text");
  CHECK(t.op("date", "-", "date") == "date - date → integer");
  CHECK(t.op("integer", "=", "text") == "none");
  CHECK(t.op("vector", "<->", "unknown") == "public.vector <-> public.vector → double precision");
  ResolvedOperator any =
      resolve_array_operator(t.system, "", "=", t.type("varchar"), t.type("text[]"), t.path);
  REQUIRE(any);
  CHECK(any.left == types::kText);
  CHECK(any.right == types::kTextArray);
}

TEST_CASE("coercions and common types", "[types]") {
  Fixture t;
  auto kind = [&](std::string_view from, std::string_view to, CoercionContext context) {
    return find_coercion(t.system, t.type(from), t.type(to), context).kind;
  };
  CHECK(kind("varchar", "text", CoercionContext::Implicit) == CoercionKind::Relabel);
  CHECK(kind("integer", "bigint", CoercionContext::Implicit) == CoercionKind::Function);
  CHECK(kind("integer", "text", CoercionContext::Implicit) == CoercionKind::None);
  CHECK(kind("integer", "text", CoercionContext::Assignment) == CoercionKind::InOut);
  CHECK(kind("text", "mood", CoercionContext::Explicit) == CoercionKind::InOut);
  CHECK(kind("varchar[]", "text[]", CoercionContext::Implicit) == CoercionKind::Array);
  CHECK(kind("varchar", "code", CoercionContext::Implicit) == CoercionKind::Domain);
  CHECK(kind("vector", "real[]", CoercionContext::Implicit) == CoercionKind::Function);
  auto common = [&](std::initializer_list<std::string_view> texts) {
    TypeId type = parser::common_type(t.system, t.type_list(texts));
    return type ? t.system.text(type) : "none";
  };
  CHECK(common({"integer", "numeric"}) == "numeric");
  CHECK(common({"unknown", "unknown"}) == "text");
  CHECK(common({"varchar", "text"}) == "character varying");
  CHECK(common({"code", "code"}) == "public.code");
  CHECK(common({"code", "unknown"}) == "character varying");
  CHECK(common({"integer", "text"}) == "none");
  CHECK(has_length_coercion(t.system, t.type("varchar(3)")));
  CHECK_FALSE(has_length_coercion(t.system, t.type("text")));
}

TEST_CASE("a domain over itself is no type that can be followed", "[types]") {
  Catalog catalog;
  for (auto [name, base] : {std::pair{"a", "public.b"}, {"b", "public.a"}, {"c", "public.c[]"}}) {
    schema::Domain domain;
    domain.id = public_id(Kind::Domain, name);
    domain.base.sql = base;
    catalog.domains.emplace(domain.id, domain);
  }
  schema::ExtensionObjects environment;
  TypeSystem system(catalog, environment);
  for (const char* name : {"a", "b", "c"}) {
    TypeId type = system.find("public", name);
    CHECK(system.base(type).oid != 0);
    CHECK_FALSE(find_coercion(system, type, types::kInt4Array, CoercionContext::Implicit));
  }
}

TEST_CASE("default operator classes follow binary coercion", "[types]") {
  Fixture t;
  auto opclass = [&](std::string_view method, std::string_view type) {
    auto found = t.system.default_opclass(method, t.type(type));
    return found ? found->name : "none";
  };
  CHECK(opclass("btree", "integer") == "int4_ops");
  CHECK(opclass("btree", "varchar") == "text_ops");
  CHECK(opclass("btree", "code") == "text_ops");
  CHECK(opclass("btree", "mood") == "enum_ops");
  CHECK(opclass("gin", "text[]") == "array_ops");
  CHECK(opclass("gin", "jsonb") == "jsonb_ops");
  CHECK(opclass("gist", "int4range") == "range_ops");
  CHECK(opclass("btree", "json") == "none");
}

}  // namespace schemadiff::parser
