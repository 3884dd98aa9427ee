// Findings for people: a line each, as compilers write them, and as a page or a comment.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "cli/options.h"
#include "cli/report/escape.h"
#include "cli/report/findings.h"
#include "cli/report/page.h"

namespace schemadiff::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word_of(const Finding& finding) {
  if (!finding.silenced.empty()) return "silenced";
  return std::array<std::string_view, 3>{"note", "warning",
                                         "error"}[static_cast<std::size_t>(finding.level)];
}

Style style_of(const Finding& finding) {
  if (!finding.silenced.empty()) return Style::Dim;
  return std::array{Style::Plain, Style::Yellow,
                    Style::Red}[static_cast<std::size_t>(finding.level)];
}

std::string message_of(const Finding& finding) {
  return finding.message + (finding.silenced.empty() ? "" : " Because: " + finding.silenced);
}

}  // namespace

std::string findings_report(const Findings& findings, const Options& options) {
  switch (options.format) {
    case Format::Json:
      return findings_json(findings);
    case Format::Markdown:
      return findings_markdown(findings);
    case Format::Html:
      return findings_html(findings);
    case Format::Sarif:
      return sarif(findings);
    case Format::Junit:
      return junit(findings);
    case Format::Github:
      return github(findings);
    case Format::Text:
    case Format::Sql:
      break;
  }
  return findings_text(findings, standard_output(options.color, !options.output.empty()));
}

std::string findings_text(const Findings& findings, const Terminal& terminal) {
  std::string text;
  for (const Finding& finding : findings.list) {
    const std::string place = place_of(finding);
    text += (place.empty() ? "" : place + ": ") +
            paint(word_of(finding), style_of(finding), terminal) + ": " +
            paint(finding.object, Style::Bold, terminal) + " [" + finding.rule + "]\n    " +
            wrap(message_of(finding), terminal.width, 4, 4);
  }
  return text + (text.empty() ? "" : "\n") + paint(findings.verdict, Style::Bold, terminal) + "\n";
}

std::string findings_json(const Findings& findings) {
  Json json;
  json["schemadiff_" + findings.command] = 1;
  json["tool_version"] = version();
  json["summary"] = findings.verdict;
  json["findings"] = Json::array();
  for (const Finding& finding : findings.list) {
    Json item{{"rule", finding.rule},
              {"level", word_of({{}, finding.level, {}, {}})},
              {"object", finding.object},
              {"message", finding.message}};
    if (!finding.silenced.empty()) item["silenced"] = finding.silenced;
    item["source"] =
        finding.file.empty()
            ? Json(nullptr)
            : Json{{"file", finding.file}, {"line", finding.line}, {"column", finding.column}};
    json["findings"].push_back(std::move(item));
  }
  return printed(json);
}

std::string findings_markdown(const Findings& findings) {
  std::string text =
      "<!-- schemadiff " + findings.command + " -->\n## " + markdown(findings.verdict) + "\n\n";
  if (findings.list.empty()) return text;
  const std::string note = "\n> **Shortened** to fit into a comment. `--format text` shows all.\n";
  text += "| | object | rule | | place |\n|---|---|---|---|---|\n";
  for (const Finding& finding : findings.list) {
    const std::string place = place_of(finding);
    const std::string row = "| " + std::string(word_of(finding)) + " | " +
                            markdown_code(finding.object) + " | " + markdown_code(finding.rule) +
                            " | " + markdown(message_of(finding)) + " | " +
                            (place.empty() ? "" : markdown_code(place)) + " |\n";
    if (text.size() + row.size() + note.size() > kLongestComment) return text + note;
    text += row;
  }
  return text;
}

std::string findings_html(const Findings& findings) {
  std::string rows;
  for (const Finding& finding : findings.list) {
    const std::string_view word = word_of(finding);
    const std::string classes = word == "error" ? "high" : word == "warning" ? "medium" : "dim";
    rows += "<tr><td class=\"" + classes + "\">" + std::string(word) + "</td><td><code>" +
            markup(finding.object) + "</code></td><td>" + markup(message_of(finding)) + " <code>" +
            markup(finding.rule) + "</code></td><td><code>" + markup(place_of(finding)) +
            "</code></td></tr>\n";
  }
  if (!rows.empty())
    rows =
        "<table>\n<tr><th scope=\"col\">level</th><th scope=\"col\">object</th><th "
        "scope=\"col\">finding</th><th scope=\"col\">place</th></tr>\n" +
        rows + "</table>\n";
  return page("schemadiff: " + findings.verdict, element("h1", findings.verdict), rows);
}

}  // namespace schemadiff::cli
