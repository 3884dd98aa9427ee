// Rules of lint: each fires where it should and nowhere else, and is what its page says.
#include "engine/lint/lint.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>
#include <sstream>

#include "tests/judges/scratch.h"
#include "tests/judges/tool.h"
#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;
namespace fs = std::filesystem;

fs::path cases() { return source_directory() / "tests" / "lint"; }
fs::path pages() { return source_directory() / "docs" / "lint"; }

std::set<std::string> names_in(const fs::path& directory, const std::string& ending) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory)) {
    const std::string name = entry.path().filename();
    if (name.ends_with(ending)) names.insert(name.substr(0, name.size() - ending.size()));
  }
  return names;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The lines that the file marks.
std::set<std::size_t> marked(const std::string& text) {
  std::set<std::size_t> result;
  const std::vector<std::string> lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (lines[i].ends_with("-- fires")) result.insert(i + 1);
  return result;
}

// The lines on which the rule fires.
std::set<std::size_t> fires(const Scratch& scratch, const std::string& rule,
                            const std::string& text) {
  scratch.write("schema.sql", text);
  const fs::path more = cases() / (rule + ".toml");  // what the rule goes by, if anything
  scratch.write("schemadiff.toml",
                "[lint]\n" + rule + " = \"error\"\n" + (fs::exists(more) ? read_file(more) : ""));
  const Result result = scratch.tool({"lint", "schema.sql"});
  std::set<std::size_t> lines;
  for (const std::string& line : lines_of(result.out))
    if (line.ends_with(" [" + rule + "]"))
      lines.insert(std::stoul(line.substr(std::string("schema.sql:").size())));
  CHECK(result.err.empty());
  if (!lines.empty()) CHECK(result.status == kPending);
  return lines;
}

std::string sentence_of(const std::string& rule) {
  return lines_of(read_file(pages() / (rule + ".md"))).at(2);
}

std::string index_of_pages() {
  std::string text =
      "# Rules of lint\n\n"
      "What `schemadiff lint` finds in a schema, and, with `--from`, in migrations that somebody "
      "wrote. `[lint]` in\n`schemadiff.toml` sets another level, \"off\" included.\n"
      "Made from the pages by a test; `schemadiff explain RULE` prints them.\n\n"
      "| rule | of | level | |\n|---|---|---|---|\n";
  for (const engine::LintRuleInfo& rule : engine::all_lint_rules()) {
    const std::string id(rule.id);
    text += "| [" + id + "](" + id + ".md) | " + (rule.of_statements ? "migrations" : "schemas") +
            " | " + std::string(to_string(rule.level)) + " | " + sentence_of(id) + " |\n";
  }
  return text;
}

}  // namespace

TEST_CASE("rules of lint fire on the marked lines alone", "[reports]") {
  const Scratch scratch;
  for (const engine::LintRuleInfo& info : engine::all_lint_rules()) {
    if (info.of_statements) continue;
    const std::string rule(info.id);
    INFO(rule);
    const std::string text = read_file(cases() / (rule + ".sql"));
    CHECK_FALSE(marked(text).empty());
    CHECK(fires(scratch, rule, text) == marked(text));
    CHECK(fires(scratch, rule, read_file(cases() / (rule + "-silent.sql"))).empty());
  }
}

TEST_CASE("every rule of lint has its file, its page and its schemas", "[reports]") {
  std::set<std::string> rules, files, schemas, migrations, pages_expected{"README"};
  for (const engine::LintRuleInfo& info : engine::all_lint_rules()) {
    const std::string id(info.id);
    pages_expected.insert(id);
    if (id != "migration-name")  // of a file, and no statement
      (info.of_statements ? migrations : schemas).insert({id, id + "-silent"});
    if (!info.of_statements) rules.insert(id);
    const std::vector<std::string> lines = lines_of(read_file(pages() / (id + ".md")));
    CHECK(lines.at(0) == "# " + id);
    CHECK(sentence_of(id).ends_with("."));
    std::vector<std::string> sections;
    for (const std::string& line : lines)
      if (line.starts_with("## ")) sections.push_back(line.substr(3));
    CHECK(sections == std::vector<std::string>{"Problem", "What to do instead", "SQL"});
  }
  for (std::string file : names_in(source_directory() / "engine" / "lint", ".cpp")) {
    std::replace(file.begin(), file.end(), '_', '-');
    if (file != "lint") files.insert(file);
  }
  CHECK(files == rules);
  CHECK(names_in(cases(), ".sql") == schemas);
  CHECK(names_in(pages(), ".md") == pages_expected);
  const std::set<std::string> examples = names_in(cases() / "migrations", ".sql");
  CHECK(std::includes(examples.begin(), examples.end(), migrations.begin(), migrations.end()));
}

TEST_CASE("the index of lint's rules is fresh", "[reports]") {
  const fs::path file = pages() / "README.md";
  if (std::getenv("SCHEMADIFF_REWRITE_GOLDENS")) write_file(file, index_of_pages());
  CHECK(read_file(file) == index_of_pages());
}

TEST_CASE("lint is graded, silenced and told in every format", "[reports]") {
  const Scratch scratch;
  scratch.write("schema.sql", "CREATE TABLE a (\n  password text,\n  at timestamp\n);\n");
  scratch.write(
      "schemadiff.toml",
      "schema = \"schema.sql\"\n[lint]\nprimary-key = \"off\"\ntimestamp-type = "
      "\"note\"\n[lint.naming]\ndefault = \"snake_case\"\ntable = \"t_*\"\n"
      "[[silence]]\nrule = \"secret-column\"\nobjects = \"public.a\"\nreason = \"test\"\n");
  const Result text = scratch.tool({"lint"});
  CHECK(text.status == kPending);
  CHECK(text.out ==
        "schema.sql:1:1: warning: table public.a [naming]\n    The name is not t_*.\n"
        "schema.sql:2:3: silenced: column public.a.password [secret-column]\n"
        "    By its name it holds a secret: keep a digest of it, or encrypt it, and name it so. "
        "Because: test\n"
        "schema.sql:3:3: note: column public.a.at [timestamp-type]\n"
        "    A timestamp without time zone is no moment: timestamp with time zone is.\n\n"
        "schema.sql: 0 errors, 1 warning, 1 note.\n");
  for (const char* format : {"markdown", "html", "sarif", "junit", "github"})
    scratch.write(std::string("lint.") + format, scratch.tool({"lint", "--format", format}).out);
  CHECK_THAT(scratch.tool({"lint", "--format", "json"}).out, Contains("\"silenced\": \"test\""));
  const Result checked =
      run({{"python3", (source_directory() / "tests/judges/validate_reports.py").string(),
            scratch.path().string()}});
  INFO(checked.out << checked.err);
  CHECK(checked.status == 0);
  scratch.write("schemadiff.toml", "[lint]\nprimary-keys = \"off\"\n");
  CHECK_THAT(scratch.tool({"lint", "schema.sql"}).err, Contains("primary-key?"));
}

TEST_CASE("a fix adds a line where it is safe, and nothing else", "[reports]") {
  const Scratch scratch;
  const std::string more = "CREATE TABLE c (created_at timestamptz NOT NULL, -- when\n  x int);\n";
  scratch.write(
      "schema.sql",
      "CREATE TABLE a (id bigint PRIMARY KEY,\n  \"größe, b\" int, updated_at timestamp(3) "
      "with time zone\n);\n"
      "CREATE TABLE b (a_id bigint REFERENCES a ON DELETE CASCADE, created_at\n"
      "  timestamptz /* , */ NOT NULL CHECK (created_at > '2000-01-01')); -- b\n" +
          more);
  scratch.write("schemadiff.toml",
                "[lint]\nnaming = \"off\"\nprimary-key = \"off\"\n[[silence]]\nrule = "
                "\"timestamp-default\"\nobjects = \"public.c\"\nreason = \"is given\"\n");
  const Result fixed = scratch.tool({"lint", "schema.sql", "--fix"});
  INFO(fixed.out << fixed.err);
  CHECK(fixed.status == kNothingToDo);
  CHECK(read_file(scratch.path() / "schema.sql") ==
        "CREATE TABLE a (id bigint PRIMARY KEY,\n  \"größe, b\" int, updated_at timestamp(3) "
        "with time zone DEFAULT now()\n);\n"
        "CREATE TABLE b (a_id bigint REFERENCES a ON DELETE CASCADE, created_at\n"
        "  timestamptz /* , */ NOT NULL CHECK (created_at > '2000-01-01') DEFAULT now()); -- b\n"
        "CREATE INDEX ON public.b (a_id);\n" +
            more);
  CHECK_THAT(fixed.err, Contains("fixed schema.sql:2, column public.a.updated_at "
                                 "[timestamp-default]: added DEFAULT now()"));
  CHECK(scratch.tool({"lint", "schema.sql", "--fix"}).err.empty());  // nothing is left to fix

  // An index that the configuration asks for serves the foreign key, too.
  scratch.write("required.sql",
                "CREATE TABLE a (id bigint PRIMARY KEY);\n"
                "CREATE TABLE b (id bigint PRIMARY KEY,\n  \"A\" bigint REFERENCES a ON DELETE "
                "CASCADE, c int, d int);\n-- the end\n");
  scratch.write("schemadiff.toml",
                "[lint]\nnaming = \"off\"\n[lint.required_indexes]\n\"public.b\" = [\"A, c\", "
                "\"d\"]\n");
  const Result required = scratch.tool({"lint", "required.sql", "--fix"});
  INFO(required.out << required.err);
  CHECK(required.status == kNothingToDo);
  CHECK(read_file(scratch.path() / "required.sql") ==
        "CREATE TABLE a (id bigint PRIMARY KEY);\n"
        "CREATE TABLE b (id bigint PRIMARY KEY,\n  \"A\" bigint REFERENCES a ON DELETE CASCADE, c "
        "int, d int);\n"
        "CREATE INDEX ON public.b (d);\nCREATE INDEX ON public.b (\"A\", c);\n-- the end\n");
  const Result piped = scratch.tool({"lint", "-", "--fix"}, "CREATE TABLE a (id int);");
  CHECK(piped.status == kFailed);
  CHECK_THAT(piped.err, Contains("--fix writes into files"));
}

}  // namespace schemadiff::testing
