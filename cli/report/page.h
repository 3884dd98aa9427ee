// Parts of an HTML page that stands alone: no network, light and dark.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/report/diagram.h"

namespace schemadiff::cli {

// The whole page. `title` is text; `header` and `body` are HTML.
std::string page(std::string_view title, const std::string& header, const std::string& body);

// <name>text</name>
std::string element(std::string_view name, std::string_view text, std::string_view classes = {});
// A section with a heading; empty where the body is.
std::string section_html(std::string_view title, const std::string& body);
// A list; empty where there is nothing.
std::string list_html(const std::vector<std::string>& lines);
std::string details_html(std::string_view summary, const std::string& body);
// Lines of a unified diff.
std::string diff_html(const std::vector<std::string>& lines);
// The drawing, which scrolls by itself, and what its signs mean.
std::string diagram_html(const Diagram& diagram, const std::string& title, bool with_legend);

}  // namespace schemadiff::cli
