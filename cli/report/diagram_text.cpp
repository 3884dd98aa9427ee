// A diagram in the notations of Mermaid, PlantUML and Graphviz.

#include "cli/report/diagram.h"
#include "cli/report/escape.h"

namespace schemadiff::cli {
namespace {

std::string node(std::size_t table) { return "t" + std::to_string(table + 1); }

// Letters, digits and bars, as identifiers of these notations have them: what else there is becomes
// a bar.
std::string word(const std::string& text) {
  std::string result;
  for (const char c : readable(text)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || byte >= 0xC0)
      result += plain ? c : '_';
    else if (byte < 0x80)
      result += '_';
  }
  return result.empty() || (result.front() >= '0' && result.front() <= '9') ? "_" + result : result;
}

// In double quotes, where these cannot be escaped.
std::string in_quotes(const std::string& text) {
  std::string result = "\"";
  for (const char c : readable(text)) result += c == '"' ? '\'' : c == '\n' ? ' ' : c;
  return result + "\"";
}

std::string without_new_lines(const std::string& text) {
  std::string result = readable(text);
  for (char& c : result)
    if (c == '\n') c = ' ';
  return result;
}

// For a record of Graphviz in an HTML-like label.
std::string cell(const std::string& text, std::string_view attributes = {}) {
  return "<TR><TD ALIGN=\"LEFT\"" + std::string(attributes) + ">" +
         markup(without_new_lines(text)) + "</TD></TR>";
}

}  // namespace

std::string diagram_mermaid(const Diagram& diagram) {
  std::string text = "erDiagram\n";
  for (std::size_t i = 0; i < diagram.tables.size(); ++i) {
    text += "  " + node(i) + "[" + in_quotes(diagram.tables[i].name) + "] {\n";
    for (const DiagramRow& row : diagram.tables[i].rows)
      text += "    " + word(row.type) + " " + word(row.name) +
              (row.key.empty() ? "" : " " + row.key) + "\n";
    text += "  }\n";
  }
  for (const DiagramEdge& edge : diagram.edges)
    text +=
        "  " + node(edge.to) + " ||--o{ " + node(edge.from) + " : " + in_quotes(edge.name) + "\n";
  return text;
}

std::string diagram_plantuml(const Diagram& diagram) {
  std::string text = "@startuml\nhide circle\nskinparam linetype ortho\n";
  for (std::size_t i = 0; i < diagram.tables.size(); ++i) {
    text += "entity " + in_quotes(diagram.tables[i].name) + " as " + node(i) + " {\n";
    for (const DiagramRow& row : diagram.tables[i].rows)
      text += "  " + without_new_lines(row.name) + " : " + without_new_lines(row.type) +
              (row.key.empty() ? "" : " <<" + row.key + ">>") + "\n";
    text += "}\n";
  }
  for (const DiagramEdge& edge : diagram.edges)
    text +=
        node(edge.to) + " ||--o{ " + node(edge.from) + " : " + without_new_lines(edge.name) + "\n";
  return text + "@enduml\n";
}

std::string diagram_dot(const Diagram& diagram) {
  std::string text =
      "digraph schema {\n  rankdir=RL;\n  node [shape=plain, fontname=\"monospace\"];\n";
  for (std::size_t i = 0; i < diagram.tables.size(); ++i) {
    text += "  " + node(i) + " [label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\">" +
            cell(diagram.tables[i].name, " BGCOLOR=\"lightgrey\"");
    for (const DiagramRow& row : diagram.tables[i].rows)
      text += cell(row.name + " " + row.type + (row.key.empty() ? "" : " (" + row.key + ")"));
    text += "</TABLE>>];\n";
  }
  for (const DiagramEdge& edge : diagram.edges)
    text += "  " + node(edge.from) + " -> " + node(edge.to) + " [label=" + in_quotes(edge.name) +
            "];\n";
  return text + "}\n";
}

}  // namespace schemadiff::cli
