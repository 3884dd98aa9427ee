// What surrounds plans: documents of a schema, a project begun from a database, help of shells.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>

#include "tests/judges/scratch.h"
#include "tests/judges/tool.h"
#include "tests/support/cluster.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
namespace fs = std::filesystem;

constexpr const char* kShop =
    "CREATE TYPE state AS ENUM ('open', 'paid');\n"
    "CREATE TABLE customers (id bigint PRIMARY KEY, \"full name\" text NOT NULL);\n"
    "CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
    "  customer_id bigint REFERENCES customers ON DELETE CASCADE, state state DEFAULT 'open');\n"
    "CREATE INDEX ON orders (customer_id);\n"
    "CREATE VIEW paid AS SELECT id FROM orders WHERE state = 'paid';\n"
    "CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1;\n"
    "COMMENT ON TABLE orders IS 'What was | ordered';\n";

void check_golden(const std::string& name, const std::string& text) {
  const fs::path path = source_directory() / "tests" / "reports" / name;
  if (std::getenv("SCHEMADIFF_REWRITE_GOLDENS")) write_file(path, text);
  INFO(path.string());
  CHECK(read_file(path) == text);
}

}  // namespace

TEST_CASE("documents of a schema are fresh or stale", "[reports]") {
  const Scratch scratch;
  scratch.write("schema.sql", kShop);
  for (const char* format : {"markdown", "mermaid", "plantuml", "dot"}) {
    const Result result = scratch.tool({"docs", "schema.sql", "--format", format});
    CHECK(result.status == 0);
    check_golden(std::string("shop.docs.") + format, result.out);
  }
  scratch.write("docs.html", scratch.tool({"docs", "schema.sql", "--format", "html"}).out);
  const Result checked =
      run({{"python3", (source_directory() / "tests/judges/validate_reports.py").string(),
            scratch.path().string()}});
  INFO(checked.out << checked.err);
  CHECK(checked.status == 0);

  CHECK(scratch.tool({"docs", "schema.sql", "-o", "schema.md"}).status == 0);
  CHECK(scratch.tool({"docs", "schema.sql", "--check", "schema.md"}).status == kNothingToDo);
  scratch.write("schema.sql", std::string(kShop) + "CREATE TABLE more (id int);\n");
  const Result stale = scratch.tool({"docs", "schema.sql", "--check", "schema.md"});
  CHECK(stale.status == kPending);
  CHECK_THAT(stale.out, Contains("stale"));
}

TEST_CASE("columns have classes, rows a time to be kept, and a document says so", "[reports]") {
  const Scratch scratch;
  scratch.write("schema.sql", kShop);
  const std::string most =
      "[classification.columns]\n\"*.id\" = \"internal\"\n"
      "\"public.customers.*\" = \"internal\"\n\"public.customers.full name\" = \"personal\"\n"
      "\"public.orders.customer_id\" = \"personal\"\n";
  const auto docs = [&](const std::string& config, std::vector<std::string> arguments) {
    scratch.write("schemadiff.toml", config);
    arguments.insert(arguments.begin(), {"docs", "schema.sql"});
    return scratch.tool(arguments);
  };
  const std::string kept = "[retention]\n\"public.orders\" = \"3 years\"\n";
  const Result map = docs(most + kept, {"--format", "classification", "-o", "data.md"});
  CHECK(map.status == kNothingToDo);
  check_golden("shop.docs.classification", read_file(scratch.path() / "data.md"));
  const Result open = docs(most + kept, {"--format", "classification", "--check", "data.md"});
  CHECK(open.status == kPending);
  CHECK_THAT(open.out, Contains("data.md is fresh") &&
                           Contains("1 column has no class: public.orders.state."));
  const std::string all = most + "\"public.orders.state\" = \"internal\"\n" + kept;
  CHECK(docs(all, {"-o", "schema.md"}).status == kNothingToDo);
  CHECK(docs(all, {"--check", "schema.md"}).status == kNothingToDo);
  const std::string dictionary = read_file(scratch.path() / "schema.md");
  CHECK_THAT(dictionary, Contains("| personal |") && Contains("Rows are kept for 3 years."));
  CHECK_THAT(docs(all, {"--format", "html"}).out, Contains("<td>personal</td>"));
  CHECK(docs("", {"--check", "schema.md"}).status == kPending);

  const auto refused = [&](const std::string& config, const std::string& words) {
    const Result result = docs(config, {});
    CHECK(result.status == kFailed);
    CHECK_THAT(result.err, Contains(words) && Contains("schemadiff.toml:"));
  };
  refused("[classification.columns]\n\"*\" = \"personell\"\n", "did you mean personal?");
  refused("[classification.columns]\n\"public.orders.stat\" = \"public\"\n",
          "did you mean public.orders.state?");
  refused("[classification.columns]\n\"state\" = \"public\"\n", "is not schema.table.column");
  refused("[retention]\n\"public.ordres\" = \"1 day\"\n", "did you mean public.orders?");
  refused("[retention]\n\"public.orders\" = \"long\"\n", "for example \"90 days\"");
}

TEST_CASE("Graphviz draws the diagram, and is missed where it is not", "[reports]") {
  const Scratch scratch;
  scratch.write("schema.sql", kShop);
  const Result without = run({{tool_program(), "docs", "schema.sql", "--format", "svg"},
                              {},
                              scratch.path(),
                              {{"PATH", "/nonexistent"}}});
  CHECK(without.status == kFailed);
  CHECK_THAT(without.err, Contains("cannot run dot") && Contains("apt install graphviz"));
  if (!fs::exists("/usr/bin/dot")) {
    std::cout << "skipped: there is no dot to draw an SVG with\n";
    return;
  }
  const Result drawn = scratch.tool({"docs", "schema.sql", "--format", "svg"});
  CHECK(drawn.status == kNothingToDo);
  CHECK_THAT(drawn.out, Contains("<svg") && Contains("customer_id"));
}

TEST_CASE("a project begins from a database, and overwrites nothing", "[reports]") {
  const Scratch scratch;
  const Cluster& cluster = shared_cluster();
  cluster.create_database("init_shop");
  REQUIRE(cluster.psql("init_shop", kShop).status == 0);
  const std::string source = cluster.conninfo("init_shop");
  const Result begun = scratch.tool({"init", source});
  CHECK(begun.status == 0);
  CHECK(fs::exists(scratch.path() / "schema" / "tables" / "public.orders.sql"));
  CHECK_THAT(read_file(scratch.path() / "schemadiff.toml"), Contains("schema = \"schema/\""));
  CHECK(scratch.tool({"check", "--from", source}).status == kNothingToDo);
  const Result again = scratch.tool({"init", source});
  CHECK(again.status == kFailed);
  CHECK_THAT(again.err, Contains("is there already"));
}

TEST_CASE("completions know commands, flags and their words", "[reports]") {
  const Scratch scratch;
  const Result script = scratch.tool({"completion", "bash"});
  REQUIRE(script.status == 0);
  const auto completed = [&](const std::string& words) {
    return run({{"bash", "-c",
                 script.out + "\nCOMP_WORDS=(" + words +
                     "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _schemadiff; echo "
                     "\"${COMPREPLY[*]}\""}})
        .out;
  };
  CHECK(completed("schemadiff pl") == "plan\n");
  CHECK(completed("schemadiff plan --fo") == "--format\n");
  CHECK(completed("schemadiff plan --format m") == "markdown\n");
  CHECK(completed("schemadiff check --format s") == "sarif\n");
  CHECK(completed("schemadiff debug g") == "graph\n");
  CHECK(completed("schemadiff debug graph --rev") == "--reverse\n");
  CHECK_THAT(scratch.tool({"completion", "fish"}).out,
             Contains("-n '__fish_seen_subcommand_from plan' -l from"));
  CHECK_THAT(scratch.tool({"completion", "zsh"}).out, Contains("'--from:what is"));
  if (fs::exists("/usr/bin/fish")) {
    const auto offered = [&](const std::string& line) {
      return run({{"fish", "--no-config", "-c",
                   scratch.tool({"completion", "fish"}).out + "complete -C '" + line + "'"}})
          .out;
    };
    CHECK_THAT(offered("schemadiff pl"), StartsWith("plan\t"));
    CHECK_THAT(offered("schemadiff plan --format m"), StartsWith("markdown"));
    CHECK_THAT(offered("schemadiff debug gr"), StartsWith("graph\t"));
  } else {
    std::cout << "skipped: there is no fish to complete in\n";
  }
  if (fs::exists("/usr/bin/zsh")) {
    scratch.write("_schemadiff", scratch.tool({"completion", "zsh"}).out);
    const Result read = run({{"zsh", "-n", (scratch.path() / "_schemadiff").string()}});
    INFO(read.err);
    CHECK(read.status == 0);
  } else {
    std::cout << "skipped: there is no zsh to read its completion\n";
  }
  const Result wrong = scratch.tool({"completion", "bsh"});
  CHECK(wrong.status == kFailed);
  CHECK_THAT(wrong.err, Contains("bash?"));
}

TEST_CASE("the manual page has every command", "[reports]") {
  const Scratch scratch;
  const Result page = scratch.tool({"man"});
  CHECK(page.status == 0);
  for (const char* command : {"plan", "check", "lint", "docs", "init", "dump", "debug graph"})
    CHECK_THAT(page.out, Contains(".SS schemadiff " + std::string(command) + "\n"));
}

}  // namespace schemadiff::testing
