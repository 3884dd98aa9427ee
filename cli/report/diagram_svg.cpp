// A diagram drawn: boxes in layers, referenced tables left of those that refer to them.
#include <fmt/format.h>

#include <algorithm>

#include "cli/report/diagram.h"
#include "cli/report/escape.h"
#include "cli/report/terminal.h"

namespace schemadiff::cli {
namespace {

constexpr double kCharacter = 7.3;  // of the page's monospaced font at 12 px
constexpr double kLine = 18, kHead = 24, kPadding = 8, kGapX = 70, kGapY = 22, kDrawingMargin = 10;
constexpr std::size_t kWidestText = 56;  // characters of a row

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

std::string_view class_of(Mark mark) {
  static constexpr std::string_view kClasses[] = {"mark-same", "mark-added", "mark-changed",
                                                  "mark-dropped"};
  return kClasses[static_cast<std::size_t>(mark)];
}

// Told without colour too.
std::string_view sign_of(Mark mark) {
  static constexpr std::string_view kSigns[] = {"  ", "+ ", "~ ", "− "};
  return kSigns[static_cast<std::size_t>(mark)];
}

std::string shortened_label(const std::string& text) {
  if (display_width(text) <= kWidestText) return text;
  std::string result;
  std::size_t columns = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++columns == kWidestText) break;
    result += c;
  }
  return result + "…";
}

std::string head_of(const DiagramTable& table) {
  return shortened_label(std::string(sign_of(table.mark)) + table.name);
}

std::string text_of(const DiagramRow& row) {
  return shortened_label(std::string(sign_of(row.mark)) + row.name + " " + row.type +
                         (row.key.empty() ? "" : " (" + row.key + ")"));
}

std::string more_of(const DiagramTable& table) {
  return "  " + std::to_string(table.more) + (table.more == 1 ? " more column" : " more columns");
}

// A table stands one layer right of the last that it refers to; what closes a circle does not
// count.
std::vector<std::size_t> layers_of(const Diagram& diagram) {
  std::vector<std::size_t> layers(diagram.tables.size(), 0);
  std::vector<int> state(diagram.tables.size(), 0);  // 1: on the way, 2: done
  const auto visit = [&](const auto& self, std::size_t table) -> void {
    state[table] = 1;
    for (const DiagramEdge& edge : diagram.edges) {
      if (edge.from != table || state[edge.to] == 1) continue;
      if (state[edge.to] == 0) self(self, edge.to);
      layers[table] = std::max(layers[table], layers[edge.to] + 1);
    }
    state[table] = 2;
  };
  for (std::size_t i = 0; i < diagram.tables.size(); ++i)
    if (state[i] == 0) visit(visit, i);
  return layers;
}

std::vector<Box> boxes_of(const Diagram& diagram) {
  constexpr double kTallest = 900;  // of a layer before it goes on beside itself
  const std::vector<std::size_t> layers = layers_of(diagram);
  std::vector<Box> boxes(diagram.tables.size());
  const std::size_t last = layers.empty() ? 0 : *std::max_element(layers.begin(), layers.end());
  double x = kDrawingMargin;
  for (std::size_t layer = 0; layer <= last; ++layer) {
    double y = kDrawingMargin, widest = 0;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      if (layers[i] != layer) continue;
      const DiagramTable& table = diagram.tables[i];
      std::size_t columns = display_width(head_of(table));
      for (const DiagramRow& row : table.rows)
        columns = std::max(columns, display_width(text_of(row)));
      if (table.more) columns = std::max(columns, display_width(more_of(table)));
      const double height =
          kHead + kLine * static_cast<double>(table.rows.size() + (table.more ? 1 : 0)) + kPadding;
      if (y > kDrawingMargin && y + height > kTallest) {
        x += widest + kGapX / 2;
        y = kDrawingMargin;
        widest = 0;
      }
      boxes[i] = {x, y, kCharacter * static_cast<double>(columns) + 2 * kPadding, height};
      widest = std::max(widest, boxes[i].width);
      y += height + kGapY;
    }
    x += widest + kGapX;
  }
  return boxes;
}

std::string text_at(double x, double y, std::string_view classes, const std::string& text) {
  return fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" class=\"{}\">{}</text>\n", x, y, classes,
                     markup(text));
}

std::string box_svg(const DiagramTable& table, const Box& box) {
  const std::string_view mark = class_of(table.mark);
  std::string text = fmt::format(
      "<rect x=\"{:.0f}\" y=\"{:.0f}\" width=\"{:.0f}\" height=\"{:.0f}\" rx=\"4\" class=\"box "
      "{}\"/>\n",
      box.x, box.y, box.width, box.height, mark);
  text += fmt::format(
      "<line x1=\"{0:.0f}\" y1=\"{2:.0f}\" x2=\"{1:.0f}\" y2=\"{2:.0f}\" class=\"box {3}\"/>\n",
      box.x, box.x + box.width, box.y + kHead, mark);
  text += text_at(box.x + kPadding, box.y + 16, "head " + std::string(mark), head_of(table));
  double y = box.y + kHead + 15;
  for (const DiagramRow& row : table.rows) {
    text += text_at(box.x + kPadding, y, class_of(row.mark), text_of(row));
    y += kLine;
  }
  if (table.more) text += text_at(box.x + kPadding, y, "more", more_of(table));
  return text;
}

std::string edge_svg(const DiagramEdge& edge, const Diagram& diagram,
                     const std::vector<Box>& boxes) {
  const Box &from = boxes[edge.from], &to = boxes[edge.to];
  const bool beside = from.x > to.x + to.width;
  const double x1 = beside ? from.x : from.x + from.width;
  const double y1 = from.y + kHead + kLine * (static_cast<double>(edge.row) + 0.5);
  const double x2 = to.x + to.width, y2 = to.y + kHead / 2;
  const double bend = beside ? (x1 - x2) / 2 : -30;
  return fmt::format(
      "<path d=\"M{:.0f} {:.0f} C{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f}\" class=\"edge {}\" "
      "marker-end=\"url(#arrow)\"><title>{}</title></path>\n",
      x1, y1, x1 - bend, y1, x2 + std::abs(bend), y2, x2 + 2, y2, class_of(edge.mark),
      markup(std::string(sign_of(edge.mark)) + edge.name + ": " + diagram.tables[edge.from].name +
             " refers to " + diagram.tables[edge.to].name));
}

}  // namespace

std::string diagram_svg(const Diagram& diagram, const std::string& title) {
  const std::vector<Box> boxes = boxes_of(diagram);
  double width = 0, height = 0;
  for (const Box& box : boxes) {
    width = std::max(width, box.x + box.width + kGapX / 2);
    height = std::max(height, box.y + box.height + kDrawingMargin);
  }
  constexpr double kSmallest = 0.7;  // of its size, to fit into the page
  std::string text = fmt::format(
      "<svg class=\"diagram\" role=\"img\" aria-label=\"{2}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
      "style=\"max-width:100%;min-width:{3:.0f}px;height:auto\">\n"
      "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" "
      "markerHeight=\"8\" orient=\"auto-start-reverse\"><path d=\"M0 0L8 4L0 8z\" "
      "class=\"arrow\"/></marker></defs>\n",
      width, height, markup(title), kSmallest * width);
  for (const DiagramEdge& edge : diagram.edges) text += edge_svg(edge, diagram, boxes);
  for (std::size_t i = 0; i < boxes.size(); ++i) text += box_svg(diagram.tables[i], boxes[i]);
  return text + "</svg>\n";
}

}  // namespace schemadiff::cli
