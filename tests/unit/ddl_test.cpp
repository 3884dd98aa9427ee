// The statements that the model's objects become.
#include "schema/ddl/ddl.h"

#include <catch2/catch.hpp>

#include "schema/ddl/text.h"
#include "schema/dump.h"
#include "schema/show.h"

using namespace schemadiff::schema;

namespace {

Expr expr(const char* sql) { return {sql, sql, false}; }

Column column(const char* name, const char* type) {
  Column made;
  made.name = name;
  made.type = {type};
  return made;
}

template <class T>
T object(const char* name, const char* parent = "") {
  T made;
  made.id = {T::kKind, "public", parent, name, ""};
  return made;
}

template <class T>
void add(Catalog& catalog, T made) {
  map_of<T>(catalog).emplace(made.id, made);
}

Routine sql_function(const char* name, const char* body) {
  auto routine = object<Routine>(name);
  routine.returns = {"integer"};
  routine.language = "sql";
  routine.body = body;
  return routine;
}

bool in_order(const std::string& text, std::initializer_list<const char*> parts) {
  std::size_t from = 0;
  for (const char* part : parts) {
    from = text.find(part, from);
    if (from == std::string::npos) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("expressions get the parentheses that the grammar wants", "[ddl]") {
  CHECK(parenthesized("a > 0") == "(a > 0)");
  CHECK(parenthesized("(a > 0)") == "(a > 0)");
  CHECK(parenthesized("(a) > (b)") == "((a) > (b))");
  CHECK(parenthesized("(a = ')')") == "(a = ')')");
  CHECK(restricted_expression("now()") == "now()");
  CHECK(restricted_expression("'a and b'::text") == "'a and b'::text");
  CHECK(restricted_expression("a IS NULL") == "(a IS NULL)");
  CHECK(restricted_expression("(a AND b)") == "(a AND b)");
  CHECK(restricted_expression("now() AT TIME ZONE 'utc'") == "(now() AT TIME ZONE 'utc')");
  CHECK(key_expression("lower(name)") == "lower(name)");
  CHECK(key_expression("public.f(a, ')')") == "public.f(a, ')')");
  CHECK(key_expression("lower(a) || lower(b)") == "(lower(a) || lower(b))");
  CHECK(key_expression("COALESCE(a, b)") == "(COALESCE(a, b))");
  CHECK(key_expression("row(a)") == "(row(a))");
}

TEST_CASE("a dollar quote's tag does not occur in the body", "[ddl]") {
  CHECK(dollar_quote("SELECT 1") == "$$SELECT 1$$");
  CHECK(dollar_quote("SELECT $1") == "$_$SELECT $1$_$");
  CHECK(dollar_quote("$_x$_$") == "$_X$$_x$_$$_X$");
}

TEST_CASE("a table says its columns in CREATE and their settings after it", "[ddl]") {
  auto table = object<Table>("t");
  table.columns = {column("id", "bigint"), column("note", "text")};
  table.columns[0].identity = 'a';
  table.columns[0].identity_sequence = {"public", "t_id_seq"};
  table.columns[0].not_null = true;
  table.columns[1].default_value = expr("'x'::text");
  table.columns[1].storage = "external";
  table.columns[1].statistics = 0;
  table.options = {{"fillfactor", "70"}, {"toast.autovacuum_enabled", "false"}};
  table.row_security = true;
  CHECK(create_sql(table) ==
        Statements{
            "CREATE TABLE public.t (\n"
            "  id bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.t_id_seq START WITH 1 "
            "INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE) NOT NULL,\n"
            "  note text DEFAULT 'x'::text\n"
            ")\nWITH (fillfactor=70, toast.autovacuum_enabled=false)",
            "ALTER TABLE ONLY public.t ALTER COLUMN note SET STORAGE EXTERNAL",
            "ALTER TABLE ONLY public.t ALTER COLUMN note SET STATISTICS 0",
            "ALTER TABLE public.t ENABLE ROW LEVEL SECURITY"});
}

TEST_CASE("a child says its local columns and what differs from its parent", "[ddl]") {
  auto parent = object<Table>("parent");
  parent.columns = {column("a", "integer"), column("b", "integer")};
  parent.columns[0].default_value = expr("1");
  parent.columns[1].default_value = expr("1");
  auto child = object<Table>("child");
  child.inherits = {{"public", "parent"}};
  child.columns = {column("a", "integer"), column("b", "integer"), column("c", "integer")};
  child.columns[0].local = child.columns[1].local = false;
  child.columns[0].default_value = expr("1");
  Catalog catalog;
  add(catalog, parent);
  add(catalog, child);
  CHECK(create_sql(child, catalog) ==
        Statements{"CREATE TABLE public.child (\n  c integer\n)\nINHERITS (public.parent)",
                   "ALTER TABLE ONLY public.child ALTER COLUMN b DROP DEFAULT"});
}

TEST_CASE("a routine says what is not its default", "[ddl]") {
  auto routine = sql_function("f", "SELECT $1");
  routine.id.args = "integer";
  routine.arguments = {{'i', "n", {"integer"}, expr("0")}, {'o', "total", {"integer"}, {}}};
  routine.volatility = 'i';
  routine.strict = true;
  routine.cost = 5;
  routine.config = {{"DateStyle", "ISO, MDY"}, {"search_path", "\"$user\", public"}};
  CHECK(create_sql(routine) ==
        Statements{"CREATE OR REPLACE FUNCTION public.f(n integer DEFAULT 0, OUT total integer)\n"
                   "  RETURNS integer\n  LANGUAGE sql\n  IMMUTABLE\n  STRICT\n  COST 5\n"
                   "  SET \"DateStyle\" TO 'ISO, MDY'\n  SET search_path TO '$user', 'public'\n"
                   "  AS $_$SELECT $1$_$"});
  routine.prokind = 'p';
  CHECK(drop_sql(routine) == "DROP PROCEDURE public.f(integer)");
  CHECK(owner_sql(routine, "app") == "ALTER PROCEDURE public.f(integer) OWNER TO app");
}

TEST_CASE("an ordered-set aggregate writes its variadic argument twice", "[ddl]") {
  auto aggregate = object<Aggregate>("rank_of");
  aggregate.aggkind = 'h';
  aggregate.direct_arguments = 1;
  aggregate.arguments = {{'v', "", {"\"any\""}, {}}};
  aggregate.sfunc = {"pg_catalog", "ordered_set_transition_multi"};
  aggregate.stype = {"internal"};
  aggregate.finalfunc_modify = 'w';
  CHECK(
      create_sql(aggregate).front() ==
      "CREATE AGGREGATE public.rank_of(VARIADIC \"any\" ORDER BY VARIADIC \"any\") (\n"
      "  SFUNC = pg_catalog.ordered_set_transition_multi,\n  STYPE = internal,\n  HYPOTHETICAL\n)");
}

TEST_CASE("constraints", "[ddl]") {
  auto key = object<Constraint>("fk", "t");
  key.contype = 'f';
  key.columns = {"a", "b"};
  key.referenced_table = {"public", "u"};
  key.referenced_columns = {"x", "y"};
  key.match = 'f';
  key.on_delete = 'n';
  key.on_delete_columns = {"a"};
  key.deferrable = key.initially_deferred = true;
  key.validated = false;
  CHECK(
      constraint_definition(key) ==
      "FOREIGN KEY (a, b) REFERENCES public.u (x, y) MATCH FULL ON DELETE SET NULL (a) DEFERRABLE "
      "INITIALLY DEFERRED NOT VALID");
  CHECK(create_sql(key, true).front().starts_with("ALTER TABLE public.t\n"));

  auto exclusion = object<Constraint>("no_overlap", "t");
  exclusion.contype = 'x';
  exclusion.method = "gist";
  exclusion.elements.resize(1);
  exclusion.elements[0].column = "during";
  exclusion.elements[0].op = {"pg_catalog", "&&"};
  exclusion.predicate = expr("active");
  CHECK(constraint_definition(exclusion) == "EXCLUDE USING gist (during WITH &&) WHERE (active)");
  CHECK(drop_sql(exclusion) == "ALTER TABLE public.t DROP CONSTRAINT no_overlap");
}

TEST_CASE("indexes", "[ddl]") {
  auto index = object<Index>("i");
  index.table = {"public", "t"};
  index.elements.resize(2);
  index.elements[0].expression = expr("lower(name)");
  index.elements[0].statistics = 500;
  index.elements[1].column = "at";
  index.elements[1].descending = true;
  index.include = {"x"};
  index.predicate = expr("(x IS NOT NULL)");
  CHECK(create_sql(index, true) ==
        Statements{"CREATE INDEX i ON ONLY public.t USING btree (lower(name), at DESC NULLS LAST)\n"
                   "  INCLUDE (x)\n  WHERE (x IS NOT NULL)",
                   "ALTER INDEX public.i ALTER COLUMN 1 SET STATISTICS 500"});
}

TEST_CASE("the fewest grants lead from one set of privileges to the other", "[ddl]") {
  const std::vector<Grant> before{{"", "INSERT", false},
                                  {"", "SELECT", false},
                                  {"app", "DELETE", false},
                                  {"app", "SELECT", true}};
  const std::vector<Grant> after{{"", "INSERT", false},
                                 {"app", "INSERT", false},
                                 {"app", "SELECT", false},
                                 {"public", "SELECT", false}};
  CHECK(grant_sql(before, after, "TABLE public.t", "", "") ==
        Statements{"REVOKE SELECT ON TABLE public.t FROM CURRENT_USER",
                   "REVOKE DELETE ON TABLE public.t FROM app",
                   "REVOKE GRANT OPTION FOR SELECT ON TABLE public.t FROM app",
                   "GRANT INSERT ON TABLE public.t TO app",
                   "GRANT SELECT ON TABLE public.t TO PUBLIC"});
  CHECK(grant_sql({}, {{"app", "SELECT", true}}, "TABLE public.t", "c", "boss") ==
        Statements{"GRANT SELECT (c) ON TABLE public.t TO app WITH GRANT OPTION"});
  CHECK(grant_sql(before, before, "TABLE public.t", "", "").empty());
}

TEST_CASE("values are shown in words", "[show]") {
  Routine routine;
  routine.volatility = 's';
  Statements shown;
  for_each_attribute<Routine>([&](const auto& attribute) {
    if (attribute.name == "volatility" || attribute.name == "cost")
      shown.push_back(show(attribute, routine));
  });
  CHECK(shown == Statements{"stable", "100"});
  CHECK(show(std::vector<Grant>{
            {"", "SELECT", false}, {"app", "INSERT", true}, {"app", "SELECT", false}}) ==
        "owner: SELECT; app: INSERT (grantable), SELECT");
  CHECK(show(std::vector<std::string>{"a", "b"}) == "a, b");
  CHECK(show(std::optional<std::string>{}).empty());
}

TEST_CASE("a dump makes each object after what it refers to", "[dump]") {
  Catalog catalog;
  auto domain = object<Domain>("positive");
  domain.base = {"integer"};
  domain.constraints = {{"positive_check", expr("is_positive(VALUE)"), true, ""}};
  auto check = sql_function("is_positive", "SELECT $1 > 0");
  check.id.args = "integer";
  domain.refs = {check.id};
  add(catalog, domain);
  add(catalog, check);

  auto sequence = object<Sequence>("t_id_seq");
  sequence.owned_by = {{"public", "t"}, "id"};
  add(catalog, sequence);
  auto table = object<Table>("t");
  table.columns = {column("id", "bigint")};
  table.columns[0].default_value = expr("nextval('public.t_id_seq'::regclass)");
  table.columns[0].default_refs = {sequence.id};
  add(catalog, table);
  CHECK(in_order(dump(catalog), {"SET check_function_bodies = false", "FUNCTION public.is_positive",
                                 "CREATE DOMAIN", "CREATE SEQUENCE", "CREATE TABLE", "OWNED BY"}));
}

TEST_CASE("a dump splits what is in a cycle", "[dump]") {
  Catalog catalog;
  auto table = object<Table>("t");
  auto function = sql_function("next_of", "SELECT 1");
  function.id.args = "public.t";
  function.refs = {table.id};
  table.columns = {column("a", "integer")};
  table.columns[0].default_value = expr("public.next_of(NULL)");
  table.columns[0].default_refs = {function.id};
  table.refs = {function.id};
  add(catalog, table);
  add(catalog, function);
  CHECK(
      in_order(dump(catalog), {"CREATE TABLE public.t (\n  a integer\n)", "FUNCTION public.next_of",
                               "ALTER COLUMN a SET DEFAULT public.next_of(NULL)"}));
}

TEST_CASE("a dump attaches partitions and their indexes", "[dump]") {
  Catalog catalog;
  auto parent = object<Table>("p");
  parent.columns = {column("a", "integer")};
  parent.partition_key = {"range", {{"a", {}, {}, {}}}};
  auto child = object<Table>("c");
  child.columns = parent.columns;
  child.partition_of = {"public", "p"};
  child.bound = expr("FOR VALUES FROM (0) TO (10)");
  add(catalog, parent);
  add(catalog, child);
  for (const char* name : {"p", "c"}) {
    auto key = object<Constraint>(name[0] == 'p' ? "p_pkey" : "c_pkey", name);
    key.contype = 'p';
    key.columns = {"a"};
    if (name[0] == 'c') key.parent_index = {"public", "p_pkey"};
    add(catalog, key);
  }
  auto reference = object<Constraint>("a_fkey", "c");
  reference.contype = 'f';
  reference.columns = reference.referenced_columns = {"a"};
  reference.referenced_table = {"public", "p"};
  add(catalog, reference);
  CHECK(in_order(
      dump(catalog),
      {"PARTITION BY RANGE (a)",
       "ALTER TABLE ONLY public.p ATTACH PARTITION public.c FOR VALUES FROM (0) TO (10)",
       "ALTER TABLE ONLY public.p\n  ADD CONSTRAINT p_pkey",
       "ALTER INDEX public.p_pkey ATTACH PARTITION public.c_pkey", "ADD CONSTRAINT a_fkey"}));
}

TEST_CASE("texts that are not wholly analysed bring their search path", "[dump]") {
  Catalog catalog;
  catalog.search_paths.push_back({"app", "public"});
  auto view = object<View>("v");
  view.query = {"SELECT odd()", "odd", true};
  view.search_path = 1;
  add(catalog, view);
  CHECK(in_order(dump(catalog), {"set_config('search_path', 'app, public', false)", "CREATE VIEW",
                                 "set_config('search_path', '', false)"}));
}

TEST_CASE("files are named for their objects and do not clash", "[dump]") {
  Catalog catalog;
  add(catalog, object<Table>("Order"));
  add(catalog, object<Table>("order"));
  add(catalog, object<Table>("a/b"));
  auto index = object<Index>("order_i");
  index.table = {"public", "order"};
  index.elements.resize(1);
  index.elements[0].column = "x";
  add(catalog, index);
  auto one = sql_function("f", "SELECT 1"), two = sql_function("f", "SELECT 2");
  two.id.args = "integer";
  add(catalog, one);
  add(catalog, two);
  std::vector<std::string> paths;
  std::string order_text;
  for (const DumpFile& file : dump_files(catalog)) {
    paths.push_back(file.path);
    if (file.path == "tables/public.order-2.sql") order_text = file.text;
  }
  CHECK(paths == std::vector<std::string>{"functions/public.f.sql", "tables/public.Order.sql",
                                          "tables/public.a_b.sql", "tables/public.order-2.sql"});
  CHECK(in_order(order_text, {"CREATE TABLE public.\"order\"", "CREATE INDEX order_i"}));
}

TEST_CASE("connection strings lose their passwords", "[ddl]") {
  struct Case {
    const char* connection;
    const char* shown;
    bool secret;
  };
  for (const Case& c : {
           Case{"host=primary dbname=shop", "host=primary dbname=shop", false},
           Case{"host=a password=x  dbname=b", "host=a dbname=b", true},
           Case{"password = 'two \\' words' host=a", "host=a", true},
           Case{"host=a sslpassword=x passfile=/home/p", "host=a passfile=/home/p", true},
           Case{"postgresql://u:p@h:1/d?sslmode=require&sslpassword=x",
                "postgresql://u@h:1/d?sslmode=require", true},
           Case{"postgres://u:p@w@h/d?password=x", "postgres://u@h/d", true},
           Case{"postgres://h/d", "postgres://h/d", false},
           Case{"only words", "", true},
       }) {
    bool secret = false;
    INFO(c.connection);
    CHECK(without_password(c.connection, secret) == c.shown);
    CHECK(secret == c.secret);
  }
}
