// Plans and checks → findings with their places.
#include "cli/report/findings.h"

#include <filesystem>

#include "cli/report/model.h"
#include "cli/report/place.h"

namespace schemadiff::cli {
namespace {

// As a tool that knows the working directory alone finds it.
std::string path_of(std::string file, const Source& source) {
  namespace fs = std::filesystem;
  if (source.description.starts_with("git:")) file.erase(0, file.find(':') + 1);
  const fs::path path = fs::path(file).lexically_normal();
  if (!path.is_absolute()) return path.string();
  const fs::path relative = path.lexically_relative(fs::current_path());
  return relative.empty() || *relative.begin() == ".." ? path.string() : relative.string();
}

std::string first_file(const Source& source) {
  return source.catalog.files.empty() ? std::string() : path_of(source.catalog.files[0], source);
}

void set_place(Finding& finding, const schema::Span& span, const Source& source) {
  // A text without a name is none that somebody could open.
  if (!span.line || span.file >= source.catalog.files.size() ||
      source.catalog.files[span.file].empty())
    return;
  finding.file = path_of(source.catalog.files[span.file], source);
  finding.line = span.line;
  finding.column = span.column;
}

void add_not_compared(const Comparison& sides, Findings& findings) {
  for (const NotCompared& item : sides.not_compared) {
    Finding finding{"not-compared", Level::Note, item.item.kind + " " + item.item.name,
                    in_words(item, sides)};
    if (item.side == "to") set_place(finding, item.item.span, sides.to);
    findings.list.push_back(std::move(finding));
  }
}

void add_refusals(const PlanReport& report, Findings& findings) {
  for (const std::string& refusal : refusals(report.plan, report.sides.policy))
    findings.list.push_back({"policy", Level::Error, "policy", refusal});
}

std::string describe_change(const Difference& difference, const Comparison& sides) {
  std::string text;
  if (difference.word == "missing") text = "It is missing in " + sides.from.description + ".";
  if (difference.word == "extra") text = "It is not in " + sides.to.description + ".";
  for (const diff::AttributeChange& a : difference.change->attributes) {
    if (!text.empty()) text += ' ';
    const auto shown = [](const std::string& value) { return value.empty() ? "(none)" : value; };
    text += has_many_lines(a) ? "The " + a.attribute + " differs."
                              : a.attribute + ": " + shown(a.before) + " → " + shown(a.after) + ".";
  }
  if (!difference.moved.empty()) text += (text.empty() ? "" : " ") + difference.moved;
  if (difference.change->unproven) text += " A definition could not be analysed fully: look at it.";
  if (text.empty()) text = "It differs" + difference.remark + ".";
  std::vector<std::string> lines = difference.definition;
  for (const diff::AttributeChange& a : difference.change->attributes) {
    if (!has_many_lines(a)) continue;
    const std::vector<std::string> differing = unified_diff(a);
    lines.insert(lines.end(), differing.begin(), differing.end());
  }
  constexpr std::size_t kMostLines = 12;
  for (const std::string& line : first_lines(lines, kMostLines)) text += "\n" + line;
  return text;
}

}  // namespace

void place(Finding& finding, const schema::ObjectId& id, const Source& source) {
  schema::Span span = span_of(id, source.catalog);
  if (!span.line && !id.parent.empty())
    span = span_of({schema::Kind::Table, id.schema, {}, id.parent, {}}, source.catalog);
  set_place(finding, span, source);
}

std::string place_of(const Finding& finding) {
  if (finding.file.empty()) return {};
  return finding.file + ":" + std::to_string(finding.line) + ":" + std::to_string(finding.column);
}

Level level_of(engine::Risk risk) { return static_cast<Level>(risk); }

Findings findings_of(const PlanReport& report) {
  Findings findings{"plan", verdict(report.plan), {}, {}, first_file(report.sides.to)};
  add_refusals(report, findings);
  for (const engine::Step& step : report.plan.steps) {
    const auto add = [&](Finding finding) {
      set_place(finding, step.span, report.sides.to);
      if (finding.file.empty()) place(finding, step.object, report.sides.to);
      findings.list.push_back(std::move(finding));
    };
    for (const engine::RuleHit& hit : gravest_first(step.rules))
      add({hit.rule, level_of(hit.risk), step.title, hit.message + " (step " + step.id + ")",
           hit.silenced});
    if (step.unproven)
      add({"unproven", Level::Warning, step.title,
           "The step rests on a definition that could not be analysed fully: look at it. (step " +
               step.id + ")"});
    if (step.rules.empty() && !step.unproven) findings.passed.push_back(step.id + " " + step.title);
  }
  add_not_compared(report.sides, findings);
  return findings;
}

Findings findings_of(const CheckReport& report) {
  Findings findings{"check", verdict(report), {}, {}, first_file(report.sides.to)};
  for (const Difference& difference : differences(report)) {
    Finding finding{std::string(difference.word) + "-object", Level::Error, difference.object,
                    describe_change(difference, report.sides), difference.allowed};
    place(finding, difference.change->id, report.sides.to);
    findings.list.push_back(std::move(finding));
  }
  if (findings.list.empty()) findings.passed.push_back("no difference");
  add_not_compared(report.sides, findings);
  return findings;
}

}  // namespace schemadiff::cli
