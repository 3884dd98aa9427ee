#include "cli/report/page.h"

#include "cli/report/escape.h"
#include "page_text.h"

namespace schemadiff::cli {

std::string page(std::string_view title, const std::string& header, const std::string& body) {
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
         "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n"
         "<link rel=\"icon\" href=\"data:,\">\n" +
         element("title", title) + "<style>\n" + std::string(kPageStyle) +
         "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n"
         "<header>\n" +
         header + "</header>\n<main id=\"content\">\n" + body + "</main>\n<script>\n" +
         std::string(kPageScript) + "</script>\n</body>\n</html>\n";
}

std::string element(std::string_view name, std::string_view text, std::string_view classes) {
  const std::string tag(name);
  return "<" + tag + (classes.empty() ? "" : " class=\"" + std::string(classes) + "\"") + ">" +
         markup(text) + "</" + tag + ">\n";
}

std::string section_html(std::string_view title, const std::string& body) {
  if (body.empty()) return {};
  return "<section>\n" + element("h2", title) + body + "</section>\n";
}

std::string list_html(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += element("li", line);
  return text.empty() ? text : "<ul>\n" + text + "</ul>\n";
}

std::string details_html(std::string_view summary, const std::string& body) {
  return "<details>" + element("summary", summary) + body + "</details>\n";
}

std::string diff_html(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    const std::string_view classes = line.starts_with('+')   ? "added"
                                     : line.starts_with('-') ? "removed"
                                     : line.starts_with('@') ? "hunk"
                                                             : "";
    text += element("span", line, classes);
  }
  return "<pre>" + text + "</pre>\n";
}

std::string diagram_html(const Diagram& diagram, const std::string& title, bool with_legend) {
  if (diagram.tables.empty()) return {};
  std::string text = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" +
                     markup(title) + "\">\n" + diagram_svg(diagram, title) + "</div>\n";
  if (with_legend)
    text +=
        "<ul class=\"legend\"><li class=\"added\">+ added</li><li class=\"medium\">~ "
        "changed</li><li class=\"removed\">− dropped</li></ul>\n";
  return text;
}

}  // namespace schemadiff::cli
