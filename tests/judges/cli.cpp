// The command line seen from outside: exit statuses, where output goes, what errors say and hide.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/judges/scratch.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;
namespace fs = std::filesystem;

constexpr const char* kOne = "CREATE TABLE a (id bigint PRIMARY KEY);\n";
constexpr const char* kTwo =
    "CREATE TABLE a (id bigint PRIMARY KEY, note text);\nCREATE TABLE b (id bigint);\n";

void expect_error(const Result& result, const std::string& words) {
  CHECK(result.status == kFailed);
  CHECK(result.out.empty());
  CHECK_THAT(result.err, Contains(words));
}

}  // namespace

TEST_CASE("exit statuses tell nothing to do from changes pending", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", kOne);
  scratch.write("two.sql", kTwo);
  CHECK(scratch.tool({"plan", "--from", "one.sql", "--to", "one.sql"}).status == kNothingToDo);
  const Result pending = scratch.tool({"plan", "--from", "one.sql", "--to", "two.sql"});
  CHECK(pending.status == kPending);
  CHECK_THAT(pending.out, Contains("ADD COLUMN"));
  CHECK(scratch.tool({"check", "--from", "one.sql", "--to", "one.sql"}).status == kNothingToDo);
  CHECK(scratch.tool({"check", "--from", "one.sql", "--to", "two.sql"}).status == kPending);
}

TEST_CASE("help and version go to standard output", "[cli]") {
  const Scratch scratch;
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--help"}, {"plan", "--help"}, {"--version"}}) {
    const Result result = scratch.tool(arguments);
    CHECK(result.status == 0);
    CHECK_FALSE(result.out.empty());
    CHECK(result.err.empty());
  }
}

TEST_CASE("what the command line does not know is an error that names the nearest", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", kOne);
  expect_error(scratch.tool({"plan", "--form", "one.sql", "--to", "one.sql"}), "--from");
  expect_error(scratch.tool({"plann"}), "plan");
  expect_error(scratch.tool({"plan", "--from", "one.sql", "--to", "one.sql", "--format", "jsn"}),
               "json");
  expect_error(scratch.tool({"plan", "--from", "one.sql"}), "--to");
}

TEST_CASE("help of every command shows how it is used most", "[cli]") {
  const Scratch scratch;
  std::istringstream lines(scratch.tool({"--help"}).out);
  std::size_t commands = 0;
  bool listed = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("Commands:")) listed = true;
    if (!listed || !line.starts_with("  ") || line[2] == ' ') continue;
    const std::string command = line.substr(2, line.find(' ', 2) - 2);
    INFO(command);
    if (command == "schemadiff") break;  // of the examples at the end
    ++commands;
    const std::string help = scratch.tool({command, "--help"}).out;
    std::size_t uses = 0;
    for (std::size_t at = help.find("\n  schemadiff "); at != std::string::npos;
         at = help.find("\n  schemadiff ", at + 1))
      ++uses;
    CHECK(uses >= (command == "man" || command == "completion" ? 1u : 2u));
  }
  CHECK(commands >= 14);
}

TEST_CASE("what is mistyped names what was probably meant", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", kOne);
  struct Mistake {
    std::vector<std::string> arguments;
    std::string config, meant;
  };
  const std::vector<std::string> plan{"plan", "--from", "one.sql", "--to", "one.sql"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), plan.begin(), plan.end());
    return more;
  };
  const std::vector<Mistake> mistakes{
      {{"aply"}, "", "apply"},
      {{"debug", "grpah"}, "", "graph"},
      {with({"--fromat", "json"}), "", "--format"},
      {{"check", "--al"}, "", "--all"},
      {{"status", "--format", "jsno"}, "", "json"},
      {{"lint", "one.sql", "--format", "sraif"}, "", "sarif"},
      {{"docs", "one.sql", "--format", "mermiad"}, "", "mermaid"},
      {with({"--color", "alwasy"}), "", "always"},
      {with({"--owners", "mange"}), "", "manage"},
      {{"completion", "zhs"}, "", "zsh"},
      {{"explain", "drop-colum"}, "", "drop-column"},
      {{"explain", "foreign-key-indx"}, "", "foreign-key-index"},
      {{"apply", "--from", "dbname=x", "--to", "one.sql", "--phase", "contarct"}, "", "contract"},
      {{"apply", "--from", "dbname=x", "--to", "one.sql", "--allow", "drop-tabel"},
       "",
       "drop-table"},
      {{"plan", "--from", "stagign", "--to", "one.sql"},
       "[targets]\nstaging = \"env:S\"",
       "staging"},
      {plan, "shcema = \"x\"", "schema"},
      {plan, "[thresholds]\nsmall_row = 1", "small_rows"},
      {plan, "[rules]\ndrop-indx = \"low\"", "drop-index"},
      {plan, "[policy]\nforbid = [\"drop-tabel\"]", "drop-table"},
      {plan, "[policy]\napprovals = { hihg = 2 }", "high"},
      {plan, "[lint]\nnamin = \"off\"", "naming"},
      {plan, "[[silence]]\nrule = \"sreial\"\nreason = \"x\"", "serial"},
      {plan, "[classification]\nclases = [\"x\"]", "classes"},
      {plan, "[classification.columns]\n\"a.b.c\" = \"pubilc\"", "public"},
  };
  for (const Mistake& mistake : mistakes) {
    scratch.write("schemadiff.toml", mistake.config + "\n");
    INFO(mistake.arguments.back() + " / " + mistake.config);
    expect_error(scratch.tool(mistake.arguments), "did you mean " + mistake.meant + "?");
  }
}

TEST_CASE("a missing file and an empty directory are errors", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", kOne);
  fs::create_directories(scratch.path() / "empty");
  expect_error(scratch.tool({"plan", "--from", "one.sql", "--to", "none.sql"}), "none.sql");
  expect_error(scratch.tool({"plan", "--from", "one.sql", "--to", "empty"}), "empty");
  scratch.write("blank.sql", "-- nothing\n");
  CHECK(scratch.tool({"plan", "--from", "one.sql", "--to", "blank.sql"}).status == kFailed);
  CHECK(scratch.tool({"plan", "--from", "one.sql", "--to", "blank.sql", "--allow-empty"}).status ==
        kPending);
}

TEST_CASE("a syntax error is shown with its line and a caret", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", kOne);
  scratch.write("bad.sql", "CREATE TABLE a (id bigint);\nCREATE TABEL b (id bigint);\n");
  const Result result = scratch.tool({"plan", "--from", "one.sql", "--to", "bad.sql"});
  expect_error(result, "bad.sql:2:8");
  CHECK_THAT(result.err, Contains("CREATE TABEL b (id bigint);"));
  CHECK_THAT(result.err, Contains("^"));
}

TEST_CASE("servers that cannot be reached are errors, and passwords stay hidden", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", kOne);
  for (const std::string& source :
       {std::string("postgres://someone:s3cr3t@127.0.0.1:1/shop"),
        std::string("postgresql://someone:s3cr3t@127.0.0.1:1/shop?connect_timeout=2"),
        std::string("host=/nowhere user=someone password=s3cr3t dbname=shop"),
        std::string("postgres://someone:s3cr3t@127.0.0.1:none/shop"),
        std::string("postgres://someone:s3cr3t@[::1/shop")}) {
    INFO(source);
    const Result result = scratch.tool({"plan", "--from", source, "--to", "one.sql"});
    CHECK(result.status == kFailed);
    CHECK(result.out.empty());
    CHECK_FALSE(result.err.empty());
    CHECK_THAT(result.err, !Contains("s3cr3t"));
  }
}

TEST_CASE("a directory's files are read in whichever order they need", "[cli]") {
  const Scratch scratch;
  scratch.write("schema/01_view.sql", "CREATE VIEW v AS SELECT id FROM a;\n");
  scratch.write("schema/02_key.sql", "ALTER TABLE b ADD FOREIGN KEY (id) REFERENCES a;\n");
  scratch.write("schema/tables/b.sql", "CREATE TABLE b (id bigint);\n");
  scratch.write("schema/tables/z.sql", kOne);
  scratch.write(
      "one.sql",
      "CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint REFERENCES a);\n"
      "CREATE VIEW v AS SELECT a.id FROM a;\n");
  const Result result = scratch.tool({"plan", "--from", "schema", "--to", "one.sql"});
  CHECK(result.status == kNothingToDo);
  CHECK(result.err.empty());
}

TEST_CASE("standard input is a source", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", kOne);
  CHECK(scratch.tool({"plan", "--from", "one.sql", "--to", "-"}, kOne).status == kNothingToDo);
  CHECK(scratch.tool({"plan", "--from", "one.sql", "--to", "-"}, kTwo).status == kPending);
}

TEST_CASE("the reverse of a plan is the plan of the exchanged sides", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", kOne);
  scratch.write("two.sql", kTwo);
  const Result reverse = scratch.tool(
      {"plan", "--from", "one.sql", "--to", "two.sql", "--reverse", "--format", "json"});
  const Result exchanged =
      scratch.tool({"plan", "--from", "two.sql", "--to", "one.sql", "--format", "json"});
  CHECK(reverse.status == kPending);
  CHECK(reverse.out == exchanged.out);
}

TEST_CASE("output can go to a file", "[cli]") {
  const Scratch scratch;
  scratch.write("one.sql", kOne);
  scratch.write("two.sql", kTwo);
  const Result shown =
      scratch.tool({"plan", "--from", "one.sql", "--to", "two.sql", "--format", "sql"});
  const Result written = scratch.tool(
      {"plan", "--from", "one.sql", "--to", "two.sql", "--format", "sql", "-o", "plan.sql"});
  CHECK(written.status == kPending);
  CHECK(written.out.empty());
  CHECK(read_file(scratch.path() / "plan.sql") == shown.out);
}

TEST_CASE("a file that is silent about privileges and owners takes none away", "[cli]") {
  const Scratch scratch;
  const Cluster& cluster = shared_cluster();
  cluster.create_database("cli_privileges");
  const std::string setup =
      std::string(kOne) + "GRANT SELECT ON a TO app_reader; ALTER TABLE a OWNER TO app_owner;";
  REQUIRE(cluster.psql("cli_privileges", setup).status == 0);
  scratch.write("one.sql", kOne);
  const std::string live = cluster.conninfo("cli_privileges");
  CHECK(scratch.tool({"plan", "--from", live, "--to", "one.sql"}).status == kNothingToDo);
  CHECK(
      scratch.tool({"plan", "--from", live, "--to", "one.sql", "--privileges", "manage"}).status ==
      kPending);
  cluster.drop_database("cli_privileges");
}

TEST_CASE("what is made anew keeps the privileges and the owner that the file is silent about",
          "[cli]") {
  const Scratch scratch;
  const Cluster& cluster = shared_cluster();
  cluster.create_database("cli_kept");
  const std::string tables =
      "CREATE TABLE t (id integer, b integer); CREATE TABLE p (id integer) PARTITION BY ";
  const std::string live = cluster.conninfo("cli_kept");
  REQUIRE(cluster
              .psql("cli_kept",
                    tables + "LIST (id); CREATE VIEW v AS SELECT id, b, 1 AS gone FROM t;"
                             "ALTER TABLE p OWNER TO app_owner; ALTER VIEW v OWNER TO "
                             "app_owner; GRANT SELECT (id), SELECT (gone) ON v TO app_reader;"
                             "GRANT SELECT (id), SELECT (ctid) ON p TO app_reader;"
                             "GRANT INSERT ON p TO app_writer;")
              .status == 0);
  const auto privileges = [&] {
    return cluster
        .psql("cli_kept",
              "SELECT c.relname, a.attname, relowner::regrole, relacl, attacl FROM pg_class c JOIN "
              "pg_attribute a ON attrelid = c.oid WHERE relname IN ('v', 'p') AND attname NOT IN "
              "('gone', 'n') "
              "AND (attacl IS NOT NULL OR relacl IS NOT NULL) ORDER BY 1, 2")
        .out;
  };
  const std::string before = privileges();
  REQUIRE(before.find("app_reader=r/app_owner") != std::string::npos);
  scratch.write("to.sql",
                tables + "RANGE (id); CREATE VIEW v AS SELECT id, b::bigint AS b FROM t;");
  const std::vector<std::string> apply{"apply",  "--from", live,      "--to",
                                       "to.sql", "--yes",  "--allow", "all"};
  REQUIRE(scratch.tool(apply).status == kNothingToDo);
  CHECK(privileges() == before);
  // the sequence of a new column has to have the owner of its table
  scratch.write("to.sql",
                "CREATE TABLE t (id integer, b integer); CREATE TABLE p (id integer, n serial) "
                "PARTITION BY RANGE (id); CREATE VIEW v AS SELECT id, b::bigint AS b FROM t;");
  CHECK(scratch.tool(apply).status == kNothingToDo);
  // a view that becomes a materialized one
  scratch.write("to.sql",
                "CREATE TABLE t (id integer, b integer); CREATE TABLE p (id integer, n serial) "
                "PARTITION BY RANGE (id); CREATE MATERIALIZED VIEW v AS SELECT id FROM t;");
  CHECK(scratch.tool(apply).status == kNothingToDo);
  CHECK(privileges() == before);
  cluster.drop_database("cli_kept");
}

TEST_CASE("what the server refuses while rows are values elsewhere is told before", "[cli]") {
  const Scratch scratch;
  const std::string shapes = "CREATE TABLE shapes (id integer, others points[]);";
  scratch.write("from.sql", "CREATE TABLE points (x integer);" + shapes);
  scratch.write("to.sql", "CREATE TABLE points (x bigint);" + shapes);
  const Result plan = scratch.tool({"plan", "--from", "from.sql", "--to", "to.sql"});
  CHECK(plan.status == kPending);
  CHECK(plan.out.find("The server refuses to change column public.points.x") != std::string::npos);
}

TEST_CASE("the dump of a database is its desired state", "[cli]") {
  const Scratch scratch;
  const Cluster& cluster = shared_cluster();
  cluster.create_database("cli_dump");
  REQUIRE(cluster.psql_file("cli_dump", fixtures_directory() / "comment" / "all_kinds" / "to.sql")
              .status == 0);
  const std::string live = cluster.conninfo("cli_dump");
  CHECK(scratch.tool({"dump", live, "-o", "dump.sql"}).status == 0);
  CHECK(scratch.tool({"dump", live, "--dir", "schema"}).status == 0);
  CHECK(scratch.tool({"plan", "--from", live, "--to", "dump.sql"}).status == kNothingToDo);
  CHECK(scratch.tool({"plan", "--from", live, "--to", "schema"}).status == kNothingToDo);
  cluster.drop_database("cli_dump");
}

TEST_CASE("times of steps follow what the configuration says of the machine", "[cli]") {
  const Scratch scratch;
  scratch.write("from.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a int);\n");
  scratch.write("to.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a int CHECK (a > 0));\n");
  scratch.write("facts.toml", "[others]\nrows = 1_000_000\nbytes = \"1 GiB\"\n");
  const auto planned = [&](const std::string& config) {
    scratch.write("schemadiff.toml", config);
    return scratch.tool({"plan", "--from", "from.sql", "--to", "to.sql", "--facts", "facts.toml",
                         "--format", "json"});
  };
  const auto seconds_of_last = [&](const std::string& config) {
    return nlohmann::json::parse(planned(config).out).at("steps").back().at("seconds");
  };
  CHECK(seconds_of_last("[throughput]\nscan_bytes = \"1 GiB\"\n") == 1.0);
  CHECK(seconds_of_last("[throughput]\nscan_bytes = \"256 MiB\"\n") == 4.0);
  const Result nothing = planned("[throughput]\nscan_bytes = 0\n");
  CHECK(nothing.status == kFailed);
  CHECK_THAT(nothing.err, Contains("throughput.scan_bytes has to be above 0"));
}

}  // namespace schemadiff::testing
