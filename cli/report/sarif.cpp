// Findings as SARIF 2.1.0 (OASIS), for code scanning.
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/options.h"
#include "cli/report/escape.h"
#include "cli/report/findings.h"
#include "schema/digest.h"

namespace schemadiff::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view to_string(Level level) {
  return std::array<std::string_view, 3>{"note", "warning",
                                         "error"}[static_cast<std::size_t>(level)];
}

// A relative reference (RFC 3986).
std::string uri(const std::string& path) {
  static constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string result;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && (std::isalnum(byte) || kPlain.find(c) != std::string_view::npos))
      result += c;
    else
      result += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return result;
}

Json rule_json(const std::string& id) {
  const std::string sentence = rule_sentence(id);
  Json json{{"id", id}, {"shortDescription", {{"text", sentence}}}};
  if (const std::string page(rule_page(id)); !page.empty())
    json["help"] = {{"text", sentence}, {"markdown", page}};
  return json;
}

// Code scanning refuses results without a file: those without a place stand at its beginning.
Json location_json(const Finding& finding, const std::string& otherwise) {
  const std::string& file = finding.file.empty() ? otherwise : finding.file;
  Json json;
  if (!file.empty())
    json["physicalLocation"] = {{"artifactLocation", {{"uri", uri(file)}}},
                                {"region",
                                 {{"startLine", std::max(finding.line, 1u)},
                                  {"startColumn", std::max(finding.column, 1u)}}}};
  json["logicalLocations"] = Json::array({{{"fullyQualifiedName", readable(finding.object)}}});
  return json;
}

Json result_json(const Finding& finding, const std::string& otherwise, std::size_t rule) {
  Json json{{"ruleId", finding.rule},
            {"ruleIndex", rule},
            {"level", to_string(finding.level)},
            {"message", {{"text", readable(finding.object + ": " + finding.message)}}},
            {"locations", Json::array({location_json(finding, otherwise)})},
            // the same finding, wherever its line moves to
            {"partialFingerprints",
             {{"object/v1", schema::digest(finding.rule + "\n" + finding.object)}}}};
  if (!finding.silenced.empty())
    json["suppressions"] =
        Json::array({{{"kind", "external"}, {"justification", readable(finding.silenced)}}});
  return json;
}

}  // namespace

std::string sarif(const Findings& findings) {
  std::set<std::string> rules;
  for (const Finding& finding : findings.list) rules.insert(finding.rule);
  Json rules_json = Json::array(), results = Json::array();
  for (const std::string& rule : rules) rules_json.push_back(rule_json(rule));
  for (const Finding& finding : findings.list)
    results.push_back(result_json(
        finding, findings.file,
        static_cast<std::size_t>(std::distance(rules.begin(), rules.find(finding.rule)))));
  const Json run{{"tool",
                  {{"driver",
                    {{"name", "schemadiff"},
                     {"semanticVersion", std::string(version())},
                     {"rules", rules_json}}}}},
                 {"automationDetails", {{"id", "schemadiff/" + findings.command + "/"}}},
                 {"columnKind", "unicodeCodePoints"},
                 {"results", results}};
  const Json json{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                  {"version", "2.1.0"},
                  {"runs", Json::array({run})}};
  return printed(json);
}

}  // namespace schemadiff::cli
