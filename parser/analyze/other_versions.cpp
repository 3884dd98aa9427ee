#include "parser/analyze/other_versions.h"

#include "parser/split.h"
#include "schema/quote.h"

namespace schemadiff::parser {

std::string folded(std::string_view text) {
  std::string out;
  char quote = 0;
  for (char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (quote == 0 && space) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      continue;
    }
    if (quote == c) {
      quote = 0;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    }
    out += c;
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == ';')) out.pop_back();
  return out;
}

bool names_column(std::string_view text, const std::string& column) {
  const std::string name = schema::quote_identifier(column);
  for (std::size_t at = skip_blank(text, 0); at < text.size(); at = skip_blank(text, at)) {
    const std::size_t end = text[at] == '(' ? at + 1 : skip_element(text, at);
    if (text.substr(at, end - at) == name) return true;
    at = end;
  }
  return false;
}

void say_as_calls(Tree& tree) {
  if (tree.tag == Tag::Function && tree.has(kKeywords)) {
    tree.flags &= ~static_cast<std::uint32_t>(kKeywords);
    if (tree.names.back() == "extract") tree.names.back() = "date_part";
  }
  for (const TreePtr& kid : tree.kids)
    if (kid) say_as_calls(*kid);
}

}  // namespace schemadiff::parser
