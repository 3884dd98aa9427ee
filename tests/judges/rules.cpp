// Table, files, pages and fixtures of the risk rules agree: what a rule is said to be, it is.
#include "engine/rules/rules.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/support/paths.h"

namespace schemadiff::testing {
namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

constexpr std::size_t kWidestSql = 76;  // with its margin in 80 columns

Names rule_names(const std::string& suffix = {}) {
  Names names;
  for (const engine::RuleInfo& rule : engine::all_rules())
    names.insert(std::string(rule.id) + suffix);
  return names;
}

// The names in the directory that end so, without the ending.
Names names_in(const fs::path& directory, const std::string& ending) {
  Names names;
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

fs::path pages() { return source_directory() / "docs" / "rules"; }

std::string sentence_of(const std::string& rule) {
  const std::vector<std::string> lines = lines_of(read_file(pages() / (rule + ".md")));
  std::string sentence;
  for (std::size_t i = 2; i < lines.size() && !lines[i].empty(); ++i)
    sentence += (sentence.empty() ? "" : " ") + lines[i];
  return sentence;
}

void check_page(const std::string& rule) {
  const std::vector<std::string> lines = lines_of(read_file(pages() / (rule + ".md")));
  INFO("docs/rules/" << rule << ".md");
  REQUIRE(lines.size() > 3);
  CHECK(lines[0] == "# " + rule);
  CHECK(lines[1].empty());
  CHECK(sentence_of(rule).ends_with("."));
  std::vector<std::string> sections;
  std::size_t sql = 0;
  bool in_sql = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    if (line.starts_with("## ")) {
      sections.push_back(line.substr(3));
      CHECK((lines.at(i - 1).empty() && lines.at(i + 1).empty()));
    }
    if (line.starts_with("```")) {
      in_sql = !in_sql;
      if (in_sql) CHECK(line == "```sql");
    } else if (in_sql) {
      CHECK(line.size() <= kWidestSql);
      ++sql;
    }
  }
  CHECK_FALSE(in_sql);
  CHECK(sql > 0);
  CHECK(sections == std::vector<std::string>{"Problem", "What the plan does instead", "SQL"});
}

// The steps of the fixture's plan on which the rule fires.
std::size_t hits(const std::string& rule, const std::string& fixture) {
  const auto plan =
      nlohmann::json::parse(read_file(fixtures_directory() / "risk" / fixture / "plan.json"));
  std::size_t count = 0;
  for (const auto& step : plan.at("steps"))
    for (const auto& hit : step.at("rules")) count += hit.at("id") == rule;
  return count;
}

std::string index_of_pages() {
  std::string text =
      "# Risk rules\n\n"
      "What a plan warns of. Risk is the rule's own; some rules grade by size or by what else they "
      "see, and\n"
      "`[rules]` in `schemadiff.toml` sets another. Made from the pages by a test; `schemadiff "
      "explain RULE`\n"
      "prints them.\n\n"
      "| rule | risk | |\n|---|---|---|\n";
  for (const engine::RuleInfo& rule : engine::all_rules()) {
    const std::string id(rule.id);
    text += "| [" + id + "](" + id + ".md) | " + std::string(to_string(rule.risk)) + " | " +
            sentence_of(id) + " |\n";
  }
  return text;
}

}  // namespace

TEST_CASE("every rule has its file, its page and its fixtures", "[goldens]") {
  Names files;
  for (std::string file : names_in(source_directory() / "engine" / "rules", ".cpp")) {
    std::replace(file.begin(), file.end(), '_', '-');
    files.insert(file);
  }
  Names expected = rule_names();
  CHECK(expected.size() == engine::all_rules().size());
  CHECK(std::is_sorted(engine::all_rules().begin(), engine::all_rules().end(),
                       [](const auto& a, const auto& b) { return a.id < b.id; }));
  Names pages_expected = expected, fixtures_expected = expected;
  expected.insert({"rule", "rules"});
  CHECK(files == expected);
  pages_expected.insert("README");
  CHECK(names_in(pages(), ".md") == pages_expected);
  fixtures_expected.merge(rule_names("-silent"));
  CHECK(names_in(fixtures_directory() / "risk", "") == fixtures_expected);
}

TEST_CASE("pages of rules have their three sections", "[goldens]") {
  for (const std::string& rule : rule_names()) check_page(rule);
}

TEST_CASE("rules fire in their fixture and stay silent in the other", "[goldens]") {
  for (const std::string& rule : rule_names()) {
    INFO(rule);
    CHECK(hits(rule, rule) > 0);
    CHECK(hits(rule, rule + "-silent") == 0);
  }
}

TEST_CASE("the index of rules is fresh", "[goldens]") {
  const fs::path file = pages() / "README.md";
  if (std::getenv("SCHEMADIFF_REWRITE_GOLDENS")) write_file(file, index_of_pages());
  CHECK(read_file(file) == index_of_pages());
}

}  // namespace schemadiff::testing
