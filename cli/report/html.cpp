// A plan or a check as one page for a browser.
#include "cli/report/html.h"

#include "cli/report/escape.h"

namespace schemadiff::cli {
namespace {

using engine::Plan;
using engine::Step;

std::string head_of(const std::string& verdict, const Comparison& sides) {
  return element("h1", verdict) + "<p class=\"dim\">From <code>" + markup(sides.from.description) +
         "</code> to <code>" + markup(sides.to.description) + "</code></p>\n";
}

std::string risk_html(engine::Risk risk) {
  const std::string word(to_string(risk));
  return "<span class=\"risk " + word + "\">" + word + " risk</span> ";
}

std::string findings_html(const Step& step) {
  std::string items =
      "<li>Lock: " + markup(lock_sentence(step)) + " " + markup(takes(step.seconds)) + "</li>\n";
  for (const engine::RuleHit& hit : gravest_first(step.rules)) {
    const std::string word(hit.silenced.empty() ? to_string(hit.risk) : "silenced");
    items += "<li><span class=\"" + (hit.silenced.empty() ? word : "dim") + "\">" + word +
             ":</span> " + markup(hit.message) + " <code>" + markup(hit.rule) + "</code>" +
             (hit.silenced.empty() ? "" : " because: " + markup(hit.silenced)) + "</li>\n";
  }
  if (step.unproven)
    items += element("li", "Rests on a definition that could not be analysed fully: look at it.");
  if (!step.undo_note.empty()) items += element("li", "Undo: " + step.undo_note);
  return "<ul>\n" + items + "</ul>\n";
}

std::string step_html(const Step& step) {
  std::string sql = element("pre", script(step.sql));
  if (!step.undo.empty()) sql += "<p>Undo</p>\n" + element("pre", script(step.undo));
  return "<article class=\"step\" id=\"" + step.id + "\" data-risk=\"" +
         std::string(to_string(step.risk)) + "\">\n<h3>" + step.id + " " + risk_html(step.risk) +
         markup(step.title) + "</h3>\n" + (step.why.empty() ? "" : element("p", step.why)) +
         findings_html(step) + details_html("SQL of " + step.id, sql) + "</article>\n";
}

std::string phase_html(const Plan& plan, const PhaseSection& phase) {
  std::string text;
  if (!phase.gate.empty()) text += element("p", "Between the phases: " + phase.gate, "gate");
  std::string body = element("p", meaning(phase.phase), "dim");
  for (std::size_t i = phase.begin; i < phase.end; ++i) {
    const std::size_t end = transaction_end(plan, i);
    if (end > i + 1)
      body += element("p", "One transaction: " + plan.steps[i].id + " to " + plan.steps[end - 1].id,
                      "transaction");
    body += step_html(plan.steps[i]);
  }
  std::string name(to_string(phase.phase));
  name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
  const std::size_t steps = phase.end - phase.begin;
  return text + section_html(
                    name + ": " + std::to_string(steps) + (steps == 1 ? " step" : " steps"), body);
}

// The script shows them; without it they could do nothing.
std::string controls_html() {
  std::string boxes;
  for (const char* risk : {"low", "medium", "high"})
    boxes += "<label><input type=\"checkbox\" value=\"" + std::string(risk) + "\" checked> " +
             risk + "</label>\n";
  return "<div class=\"controls\" role=\"group\" aria-label=\"Steps that are shown\" "
         "hidden>\n<fieldset><legend>Risk</legend>\n" +
         boxes +
         "</fieldset>\n<button type=\"button\" data-open=\"true\">Unfold all</button>\n"
         "<button type=\"button\" data-open=\"false\">Fold all</button>\n"
         "<output aria-live=\"polite\"></output>\n</div>\n";
}

std::string summary_html(const Plan& plan) {
  std::string rows;
  for (const Row& row : summary(plan))
    rows += "<tr><th scope=\"row\">" + markup(row.name) + "</th><td>" + markup(row.value) +
            "</td></tr>\n";
  return "<table>\n" + rows + "</table>\n";
}

std::string text_changes_html(const std::vector<diff::Change>& changes, const Comparison& sides) {
  std::string text;
  for (const TextChange& change : text_changes(changes, sides))
    text += details_html(change.object + ", " + change.attribute, diff_html(change.lines));
  return text;
}

std::string tables_html(const std::vector<diff::Change>& changes, const Comparison& sides) {
  constexpr std::size_t kMost = 60;
  const Diagram diagram = diagram_of(sides.from.catalog, sides.to.catalog, changes);
  if (diagram.tables.size() > kMost)
    return element("p", std::to_string(diagram.tables.size()) +
                            " tables are touched: too many for a diagram.");
  return diagram_html(diagram, "The tables that change and those that they refer to", true);
}

std::string difference_html(const Difference& difference) {
  std::string text = "<article class=\"step\">\n<h3><span class=\"risk " +
                     std::string(difference.allowed.empty() ? "high" : "low") + "\">" +
                     std::string(difference.word) + "</span> " +
                     markup(difference.object + difference.remark) + "</h3>\n";
  if (!difference.place.empty()) text += element("p", difference.place, "dim");
  if (!difference.allowed.empty()) text += element("p", "Allowed: " + difference.allowed);
  if (!difference.moved.empty()) text += element("p", difference.moved);
  if (difference.change->unproven)
    text += element("p", "A definition could not be analysed fully: look at it.");
  if (!difference.definition.empty()) {
    std::string sql;
    for (const std::string& line : difference.definition) sql += line + "\n";
    text += details_html(difference.word == "missing" ? "What is missing" : "What is there",
                         element("pre", sql));
  }
  std::string rows, texts;
  for (const diff::AttributeChange& a : difference.change->attributes)
    if (has_many_lines(a))
      texts += details_html(a.attribute, diff_html(unified_diff(a)));
    else
      rows += "<tr><th scope=\"row\">" + markup(a.attribute) + "</th><td>" +
              markup(a.before.empty() ? "none" : a.before) + "</td><td>" +
              markup(a.after.empty() ? "none" : a.after) + "</td></tr>\n";
  if (!rows.empty())
    text +=
        "<table>\n<tr><th scope=\"col\">attribute</th><th scope=\"col\">is</th>"
        "<th scope=\"col\">shall be</th></tr>\n" +
        rows + "</table>\n";
  return text + texts + "</article>\n";
}

}  // namespace

std::string plan_html(const PlanReport& report) {
  const Plan& plan = report.plan;
  const std::vector<diff::Change> changes = changes_of(report.sides);
  std::string head = head_of(verdict(plan), report.sides);
  for (const std::string& refusal : refusals(plan, report.sides.policy))
    head += element("p", "Refused. " + refusal, "refused");
  head += list_html(headline(report));
  std::string body;
  if (!plan.steps.empty()) {
    body += section_html("Summary", summary_html(plan)) +
            section_html("Timeline", timeline_html(plan)) +
            section_html("Tables", tables_html(changes, report.sides)) + "<h2>Steps</h2>\n" +
            controls_html();
    for (const PhaseSection& phase : phases_of(plan)) body += phase_html(plan, phase);
    body += section_html("Changed texts", text_changes_html(changes, report.sides)) +
            section_html("The way back", details_html("All undo statements, the last step first",
                                                      element("pre", way_back(plan))));
  }
  body += section_html("Notes", list_html(remarks(plan, report.sides)));
  return page("schemadiff: " + verdict(plan), head, body);
}

std::string differences_html(const CheckReport& report) {
  std::string list;
  for (const Difference& difference : differences(report)) list += difference_html(difference);
  return list;
}

std::string check_html(const CheckReport& report) {
  return page("schemadiff: " + verdict(report), head_of(verdict(report), report.sides),
              section_html("Tables", tables_html(report.changes, report.sides)) +
                  section_html("Differences", differences_html(report)) +
                  section_html("Notes", list_html(remarks(report.sides))));
}

}  // namespace schemadiff::cli
