// Reports for reviewers and for CI: goldens of a few, and every format of every fixture is what its
// readers take it for.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>

#include "tests/judges/scratch.h"
#include "tests/judges/tool.h"
#include "tests/support/paths.h"
#include "tests/support/workers.h"

namespace schemadiff::testing {
namespace {

using Catch::Matchers::Contains;
namespace fs = std::filesystem;

const std::vector<std::string> kFormats{"markdown", "html", "sarif", "junit", "github"};
constexpr std::size_t kLongestComment = 65'536;

std::vector<std::string> arguments(const std::string& command, const std::string& format,
                                   const std::string& from = "from.sql",
                                   const std::string& to = "to.sql") {
  return {command, "--from", from, "--to", to, "--allow-empty", "--format", format};
}

Result report(const std::string& command, const std::string& format, const fs::path& directory) {
  std::vector<std::string> argv{tool_program()};
  for (const std::string& argument : arguments(command, format)) argv.push_back(argument);
  return run({argv, {}, directory});
}

void check_golden(const std::string& name, const std::string& text) {
  const fs::path path = source_directory() / "tests" / "reports" / name;
  if (std::getenv("SCHEMADIFF_REWRITE_GOLDENS")) write_file(path, text);
  INFO(path.string());
  CHECK(read_file(path) == text);
}

// Without style and script, which are files of their own.
std::string contents_of(std::string page) {
  for (const std::string& tag : {std::string("style"), std::string("script")}) {
    const std::size_t begin = page.find("<" + tag + ">"), end = page.find("</" + tag + ">");
    if (begin != std::string::npos) page.erase(begin, end - begin);
  }
  return page;
}

// A browser without a window; empty where there is none.
std::string browser() {
  for (const char* name : {"chromium-headless-shell", "chromium", "google-chrome"})
    if (const fs::path path = fs::path("/usr/bin") / name; fs::exists(path)) return path;
  return {};
}

// What the page is after its script and ours ran; what it writes to its console goes to `err`.
Result in_browser(const Scratch& scratch, std::string page, const std::string& script) {
  page.insert(page.rfind("</body>"), "<script>" + script + "</script>");
  scratch.write("page.html", page);
  return run(
      {{browser(), "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
        "--user-data-dir=" + (scratch.path() / "profile").string(), "--virtual-time-budget=2000",
        "--dump-dom", "file://" + (scratch.path() / "page.html").string()},
       {},
       {},
       {{"HOME", scratch.path().string()}}});
}

}  // namespace

TEST_CASE("reports of a few fixtures are their goldens", "[reports]") {
  for (const char* fixture : {"risk/drop-column", "scenarios/law-firm", "routine/body"}) {
    const fs::path directory = fixtures_directory() / fixture;
    const std::string name = directory.filename();
    for (const char* command : {"plan", "check"})
      for (const std::string& format : kFormats) {
        if (format == "html" && name != "drop-column") continue;
        const Result result = report(command, format, directory);
        CHECK(result.status == kPending);
        CHECK(result.err.empty());
        check_golden(name + "." + command + "." + format, contents_of(result.out));
      }
  }
}

TEST_CASE("every format of every fixture is well formed", "[reports]") {
  const Scratch scratch;
  std::vector<Fixture> cases;
  std::size_t i = 0;
  for (const Fixture& fixture : fixtures())
    // A part is enough for CI: the forms do not depend on the kinds.
    if (!fixture.is_error() && (long_form() || ++i % 5 == 0)) cases.push_back(fixture);
  REQUIRE_FALSE(cases.empty());
  Findings findings;
  for_each_parallel(cases, 2, findings, [&](const Fixture& fixture, unsigned) {
    std::string name = fixture.name;
    std::replace(name.begin(), name.end(), '/', '.');
    for (const std::string& format : kFormats) {
      const std::string command = format == "html" || name.size() % 2 ? "plan" : "check";
      const Result result = report(command, format, fixture.directory);
      if (result.status != kPending && result.status != kNothingToDo)
        findings.fail(fixture.name, format + ": " + result.err);
      write_file(scratch.path() / (name + "." + format), result.out);
    }
  });
  const Result checked =
      run({{"python3", (source_directory() / "tests/judges/validate_reports.py").string(),
            scratch.path().string()}});
  INFO(checked.out << checked.err);
  CHECK(checked.status == 0);
  for (const std::string& failure : findings.failures()) FAIL_CHECK(failure);
}

TEST_CASE("text in names and definitions stays text in every format", "[reports]") {
  const Scratch scratch;
  const std::string evil = "\"<script>alert(1)</script> & ``| @me %0A::error::x\"";
  scratch.write("from.sql", "CREATE TABLE " + evil + " (id int);\n");
  scratch.write("to.sql", "CREATE TABLE " + evil + " (id int, " + evil +
                              " text DEFAULT '</pre><img src=x onerror=alert(1)>');\n"
                              "COMMENT ON TABLE " +
                              evil + " IS '```\n</details>]]>';\n");
  for (const std::string& format : kFormats) {
    INFO(format);
    for (const char* command : {"plan", "check"}) {
      const Result result = scratch.tool(arguments(command, format));
      CHECK(result.status == kPending);
      write_file(scratch.path() / (std::string(command) + "." + format), result.out);
      if (format == "html") {
        CHECK_THAT(result.out, !Contains("<script>alert") && !Contains("<img"));
      }
      if (format == "github") CHECK_THAT(result.out, !Contains("\n::error::x"));
    }
  }
  const Result checked =
      run({{"python3", (source_directory() / "tests/judges/validate_reports.py").string(),
            scratch.path().string()}});
  INFO(checked.out << checked.err);
  CHECK(checked.status == 0);
}

TEST_CASE("a comment keeps within its limit and says that it was shortened", "[reports]") {
  const Scratch scratch;
  std::string tables, more;
  for (int i = 0; i < 1500; ++i) {
    tables += "CREATE TABLE t" + std::to_string(i) + " (id int);\n";
    more += "CREATE TABLE t" + std::to_string(i) + " (id bigint PRIMARY KEY, a text, b text);\n";
    if (i != 700 && i != 1499) continue;
    scratch.write("from.sql", tables);
    scratch.write("to.sql", more);
    for (const char* command : {"plan", "check"}) {
      const Result result = scratch.tool(arguments(command, "markdown"));
      CHECK(result.status == kPending);
      CHECK(result.out.size() <= kLongestComment);
      CHECK(result.out.size() > kLongestComment / 8);
      CHECK_THAT(result.out, Contains("**Shortened**"));
    }
  }
}

TEST_CASE("a page folds and filters in a browser, without complaint", "[reports]") {
  if (browser().empty()) {
    std::cout << "skipped: there is no chromium to open the HTML report in\n";
    return;
  }
  const Scratch scratch;
  const Result page = report("plan", "html", fixtures_directory() / "scenarios" / "nda");
  REQUIRE(page.status == kPending);
  const Result seen = in_browser(scratch, page.out, R"(
      document.querySelector('button[data-open=true]').click();
      document.querySelector('input[value=low]').click();
      const count = (what) => document.querySelectorAll(what).length;
      document.title = [count('.step'), count('.step[hidden]'), count('details[open]'),
                        count('details'), document.querySelector('output').textContent,
                        document.querySelector('.controls').hidden].join(' | ');)");
  CHECK(seen.status == 0);
  CHECK_THAT(seen.out, Contains("<title>35 | 23 | 36 | 36 | 12 of 35 shown | false</title>"));
  CHECK_THAT(seen.err, !Contains("CONSOLE"));

  // Of a check there is nothing to filter; what is folded opens by the keyboard, too.
  const Result check = report("check", "html", fixtures_directory() / "scenarios" / "nda");
  const Result opened = in_browser(scratch, check.out, R"(
      const folded = [...document.querySelectorAll('summary')];
      for (const summary of folded) { summary.focus(); summary.click(); }
      document.title = [document.activeElement === folded.at(-1),
                        document.querySelectorAll('details:not([open])').length,
                        document.querySelectorAll('svg:not([aria-label])').length,
                        document.querySelectorAll('th:not([scope])').length].join(' | ');)");
  CHECK_THAT(opened.out, Contains("<title>true | 0 | 0 | 0</title>"));
  CHECK_THAT(opened.err, !Contains("CONSOLE"));
}

TEST_CASE("a policy refuses a plan, and lives with some drift until a day", "[reports]") {
  const Scratch scratch;
  scratch.write("from.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a text, b text);\n");
  scratch.write("to.sql", "CREATE TABLE t (id bigint PRIMARY KEY, a text);\n");
  const auto with = [&](const std::string& config, const char* command) {
    scratch.write("schemadiff.toml", config);
    return scratch.tool(arguments(command, "text"));
  };
  CHECK(with("[policy]\nhighest_risk = \"high\"\n", "plan").status == kPending);
  const Result high = with("[policy]\nhighest_risk = \"medium\"\n", "plan");
  CHECK(high.status == kRefused);
  CHECK_THAT(high.out, Contains("Refused. The policy allows no more than medium risk: s001."));
  CHECK(with("[policy]\nforbid = [\"drop-table\"]\n", "plan").status == kPending);
  const Result forbidden = with("[policy]\nforbid = [\"drop-column\"]\n", "plan");
  CHECK(forbidden.status == kRefused);
  CHECK_THAT(forbidden.out, Contains("The policy forbids drop-column: s001."));
  const std::string drift = "[[policy.allow_drift]]\nobjects = \"public.t\"\nreason = \"known\"\n";
  const Result lived_with = with(drift, "check");
  CHECK(lived_with.status == kNothingToDo);
  CHECK_THAT(lived_with.out, Contains("allowed: known"));
  const Result ended = with(drift + "until = 2020-01-31\n", "check");
  CHECK(ended.status == kPending);
  CHECK_THAT(ended.out, Contains("ended on 2020-01-31"));
  CHECK(with(drift + "attribute = \"comment\"\n", "check").status == kPending);
  const Result asked = with("[policy]\napprovals = { medium = 1, high = 2 }\n", "plan");
  CHECK(asked.status == kPending);
  CHECK_THAT(asked.out, Contains("The policy asks for the approval of 2 people"));
  const std::string strict =
      "[targets]\ndev = \"env:D\"\n[policy]\nhighest_risk = \"high\"\n[policy.targets.dve]\n";
  CHECK_THAT(with(strict, "plan").err, Contains("did you mean dev?"));
  const Result unknown = with("[policy]\nhigest_risk = \"low\"\n", "plan");
  CHECK(unknown.status == kFailed);
  CHECK_THAT(unknown.err, Contains("highest_risk"));
}

}  // namespace schemadiff::testing
