// Findings as workflow commands of GitHub Actions: annotations in the run and in the pull request.
#include "cli/report/escape.h"
#include "cli/report/findings.h"

namespace schemadiff::cli {
namespace {

// As the runner reads it back (actions/toolkit, command.ts).
std::string escaped(std::string_view text, bool property) {
  std::string result;
  for (const char c : readable(text)) {
    if (c == '%')
      result += "%25";
    else if (c == '\n')
      result += "%0A";
    else if (property && c == ':')
      result += "%3A";
    else if (property && c == ',')
      result += "%2C";
    else
      result += c;
  }
  return result;
}

std::string_view command(const Finding& finding) {
  if (!finding.silenced.empty() || finding.level == Level::Note) return "notice";
  return finding.level == Level::Error ? "error" : "warning";
}

std::string address_of(const Finding& finding) {
  if (finding.file.empty()) return {};
  return "file=" + escaped(finding.file, true) + ",line=" + std::to_string(finding.line) +
         ",col=" + std::to_string(finding.column) + ",";
}

}  // namespace

std::string github(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings.list)
    text += "::" + std::string(command(finding)) + " " + address_of(finding) +
            "title=" + escaped(finding.rule + ": " + finding.object, true) +
            "::" + escaped(finding.message, false) +
            (finding.silenced.empty() ? "" : escaped(" Silenced: " + finding.silenced, false)) +
            "\n";
  // Text that begins with :: would be a command.
  return text + escaped("schemadiff " + findings.command + ": " + findings.verdict, false) + "\n";
}

}  // namespace schemadiff::cli
