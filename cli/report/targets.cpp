#include "cli/report/targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/options.h"
#include "cli/report/escape.h"
#include "cli/report/page.h"

namespace schemadiff::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostRows = 50;  // beyond that those that are as they should be are left out

std::string_view word_of(TargetState state) {
  return std::array<std::string_view, 3>{"same", "differs",
                                         "failed"}[static_cast<std::size_t>(state)];
}

Style style_of_state(TargetState state) {
  return std::array{Style::Green, Style::Yellow, Style::Red}[static_cast<std::size_t>(state)];
}

// The rows of the summary: what needs somebody first, else as they were named.
std::vector<const TargetResult*> rows_of(const TargetsReport& report) {
  std::vector<const TargetResult*> rows;
  for (const TargetResult& result : report.results)
    if (report.results.size() <= kMostRows || result.state != TargetState::Same)
      rows.push_back(&result);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto* a, const auto* b) { return a->state > b->state; });
  return rows;
}

// The same differences are told once, with all who have them.
struct Group {
  std::vector<std::string> names;
  const std::string* body;
};

std::vector<Group> groups_of(const TargetsReport& report) {
  std::vector<Group> groups;
  std::map<std::string_view, std::size_t> known;
  for (const TargetResult& result : report.results) {
    if (result.body.empty()) continue;
    const auto [found, added] = known.emplace(result.body, groups.size());
    if (added) groups.push_back({{}, &result.body});
    groups[found->second].names.push_back(result.name);
  }
  return groups;
}

std::string heading(const Group& group) {
  constexpr std::size_t kMostNames = 10;
  return (group.names.size() == 1 ? "" : counted(group.names.size(), "target") + ": ") +
         listed(group.names, kMostNames);
}

std::string left_out(const TargetsReport& report) {
  if (report.results.size() <= kMostRows) return {};
  const std::size_t same = count_of(report, TargetState::Same);
  return same == 0 ? std::string() : counted(same, "target") + " as it should be: not listed.";
}

}  // namespace

std::size_t count_of(const TargetsReport& report, TargetState state) {
  return static_cast<std::size_t>(
      std::count_if(report.results.begin(), report.results.end(),
                    [&](const TargetResult& result) { return result.state == state; }));
}

std::string verdict(const TargetsReport& report) {
  std::string text =
      counted(report.results.size(), "target") + " held against " + report.files + ": ";
  const auto add = [&](TargetState state, const char* one, const char* many) {
    if (const std::size_t n = count_of(report, state))
      text += fmt::format("{}{} {}", text.ends_with(": ") ? "" : ", ", n, n == 1 ? one : many);
  };
  add(TargetState::Same, "is the same", "are the same");
  add(TargetState::Differs, "differs", "differ");
  add(TargetState::Failed, "could not be checked", "could not be checked");
  return text + ".";
}

std::string targets_text(const TargetsReport& report, const Terminal& terminal) {
  std::string text = paint(verdict(report), Style::Bold, terminal) + "\n\n";
  std::size_t widest = 0;
  for (const TargetResult* row : rows_of(report))
    widest = std::max(widest, display_width(row->name));
  for (const TargetResult* row : rows_of(report)) {
    constexpr std::size_t kIndent = 2 + 9;
    std::string word(word_of(row->state));
    word.resize(9, ' ');
    text += "  " + paint(word, style_of_state(row->state), terminal) + row->name +
            std::string(widest - display_width(row->name) + 2, ' ') +
            fmt::format("{:>5.2f} s", row->seconds) +
            (row->differences ? "  " + counted(row->differences, "difference") : "") + "\n";
    if (row->state != TargetState::Same && row->differences == 0)
      text += std::string(kIndent, ' ') + wrap(row->verdict, terminal.width, kIndent, kIndent);
  }
  if (const std::string more = left_out(report); !more.empty()) text += "  " + more + "\n";
  for (const Group& group : groups_of(report))
    text += "\n" + paint(heading(group), Style::Bold, terminal) + "\n" + *group.body;
  return text;
}

std::string targets_json(const TargetsReport& report) {
  Json json{{"schemadiff_check_targets", 1},
            {"tool_version", version()},
            {"summary", verdict(report)},
            {"to", {{"description", report.files}}},
            {"targets", Json::array()}};
  for (const TargetResult& result : report.results) {
    Json item{{"name", result.name},
              {"state", word_of(result.state)},
              {"seconds", result.seconds},
              {"verdict", result.verdict}};
    item["check"] = result.body.empty() ? Json(nullptr) : Json::parse(result.body);
    json["targets"].push_back(std::move(item));
  }
  return printed(json);
}

std::string targets_markdown(const TargetsReport& report) {
  const std::string note =
      "\n> **Shortened** to fit into a comment. `--format html` or `text` shows all.\n";
  std::string text = "<!-- schemadiff check -->\n## " + markdown(verdict(report)) + "\n\n";
  const auto fits = [&](const std::string& more) {
    return text.size() + more.size() + note.size() <= kLongestComment;
  };
  text += "| | target | |\n|---|---|---|\n";
  for (const TargetResult* row : rows_of(report)) {
    const std::string line = "| " + std::string(word_of(row->state)) + " | " +
                             markdown_code(row->name) + " | " + markdown(row->verdict) + " |\n";
    if (!fits(line)) return text + note;
    text += line;
  }
  if (const std::string more = left_out(report); !more.empty()) text += "\n" + more + "\n";
  for (const Group& group : groups_of(report)) {
    const std::string part = "\n### " + markdown(heading(group)) + "\n\n" + *group.body;
    if (!fits(part)) return text + note;
    text += part;
  }
  return text;
}

std::string targets_html(const TargetsReport& report) {
  std::string rows;
  for (const TargetResult* row : rows_of(report)) {
    const std::string_view classes = row->state == TargetState::Same      ? "low"
                                     : row->state == TargetState::Differs ? "medium"
                                                                          : "high";
    rows += "<tr><td class=\"" + std::string(classes) + "\">" + std::string(word_of(row->state)) +
            "</td><td><code>" + markup(row->name) + "</code></td><td>" +
            fmt::format("{:.2f}&nbsp;s", row->seconds) + "</td><td>" + markup(row->verdict) +
            "</td></tr>\n";
  }
  std::string body =
      "<table>\n<tr><th scope=\"col\">state</th><th scope=\"col\">target</th><th "
      "scope=\"col\">time</th><th scope=\"col\">verdict</th></tr>\n" +
      rows + "</table>\n";
  if (const std::string more = left_out(report); !more.empty()) body += element("p", more);
  for (const Group& group : groups_of(report)) body += section_html(heading(group), *group.body);
  return page("schemadiff: " + verdict(report), element("h1", verdict(report)), body);
}

Findings findings_of(const TargetsReport& report) {
  Findings findings{"check", verdict(report), {}, {}, {}};
  for (const TargetResult& result : report.results) {
    if (result.state == TargetState::Failed)
      findings.list.push_back({"not-checked", Level::Error, result.name, result.verdict});
    if (result.state == TargetState::Same) findings.passed.push_back(result.name);
    if (findings.file.empty()) findings.file = result.findings.file;
    for (Finding finding : result.findings.list) {
      finding.object = result.name + ": " + finding.object;
      findings.list.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace schemadiff::cli
