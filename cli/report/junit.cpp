// Findings as a test run, in the form that CI servers read.
#include <algorithm>

#include "cli/report/escape.h"
#include "cli/report/findings.h"

namespace schemadiff::cli {
namespace {

bool fails(const Finding& finding) {
  return finding.silenced.empty() && finding.level == Level::Error;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + markup(value) + "\"";
}

std::string test_case(const Finding& finding) {
  std::string text =
      "    <testcase" + attribute("classname", finding.rule) + attribute("name", finding.object);
  if (!finding.file.empty())
    text += attribute("file", finding.file) + attribute("line", std::to_string(finding.line));
  text += ">\n";
  const std::string place = place_of(finding);
  const std::string body = (place.empty() ? "" : place + ": ") + finding.message;
  if (fails(finding))
    text += "      <failure" + attribute("type", finding.rule) +
            attribute("message", finding.message) + ">" + markup(body) + "</failure>\n";
  else if (!finding.silenced.empty())
    text += "      <skipped" + attribute("message", "silenced: " + finding.silenced) + "/>\n";
  else
    text += "      <system-out>" + markup(body) + "</system-out>\n";
  return text + "    </testcase>\n";
}

}  // namespace

std::string junit(const Findings& findings) {
  const auto count = [&](auto&& is) {
    return std::to_string(std::count_if(findings.list.begin(), findings.list.end(), is));
  };
  const std::string counts =
      attribute("tests", std::to_string(findings.list.size() + findings.passed.size())) +
      attribute("failures", count(fails)) + attribute("errors", "0") +
      attribute("skipped", count([](const Finding& f) { return !f.silenced.empty(); }));
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
                     attribute("name", "schemadiff") + counts + ">\n  <testsuite" +
                     attribute("name", "schemadiff " + findings.command) + counts + ">\n";
  for (const Finding& finding : findings.list) text += test_case(finding);
  for (const std::string& passed : findings.passed)
    text +=
        "    <testcase" + attribute("classname", "schemadiff") + attribute("name", passed) + "/>\n";
  return text + "    <system-out>" + markup(findings.verdict) +
         "</system-out>\n  </testsuite>\n</testsuites>\n";
}

}  // namespace schemadiff::cli
