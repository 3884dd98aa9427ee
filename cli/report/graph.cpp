// A plan's steps and edges in DOT, for Graphviz.
#include "cli/report/report.h"

namespace schemadiff::cli {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result + "\"";
}

std::string_view color(engine::Risk risk) {
  return risk == engine::Risk::High     ? "tomato"
         : risk == engine::Risk::Medium ? "gold"
                                        : "palegreen";
}

}  // namespace

std::string graph_dot(const engine::Plan& plan) {
  std::string text = "digraph plan {\n  rankdir=LR;\n  node [shape=box, style=filled];\n";
  for (const engine::Step& step : plan.steps)
    text += "  " + step.id + " [label=" +
            quoted(step.id + " " + std::string(to_string(step.phase)) + ": " + step.title) +
            ", fillcolor=" + std::string(color(step.risk)) + "];\n";
  for (const engine::Step& step : plan.steps)
    for (const std::size_t i : step.after)
      text += "  " + plan.steps[i].id + " -> " + step.id + ";\n";
  return text + "}\n";
}

}  // namespace schemadiff::cli
