// Finds its way in the server's definition texts: quotes and parentheses.
#include "schema/introspect/reading.h"

namespace schemadiff::schema::introspection {
namespace {

// The position after the quoted name or literal that starts at `at`.
std::size_t skip_quoted(std::string_view text, std::size_t at) {
  char quote = text[at];
  bool escapes = quote == '\'' && at > 0 && text[at - 1] == 'E';
  for (++at; at < text.size(); ++at) {
    if (escapes && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
      ++at;
    }
  }
  return at;
}

bool is_quote(char c) { return c == '\'' || c == '"'; }

}  // namespace

std::vector<std::string> split_expressions(std::string_view list) {
  std::vector<std::string> parts;
  std::size_t start = 0, at = 0;
  int depth = 0;
  while (at < list.size()) {
    char c = list[at];
    if (is_quote(c)) {
      at = skip_quoted(list, at);
      continue;
    }
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (c == ',' && depth == 0) {
      parts.emplace_back(list.substr(start, at - start));
      start = at + 1;
      while (start < list.size() && list[start] == ' ') ++start;
    }
    ++at;
  }
  if (start < list.size()) parts.emplace_back(list.substr(start));
  return parts;
}

std::size_t closing_parenthesis(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size();) {
    if (is_quote(text[at])) {
      at = skip_quoted(text, at);
      continue;
    }
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && --depth == 0) return at;
    ++at;
  }
  return text.size();
}

std::size_t find_outside(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with(word)) return at;
    if (is_quote(text[at])) at = skip_quoted(text, at) - 1;
    if (text[at] == '(') at = closing_parenthesis(text, at);
  }
  return text.size();
}

bool says_collation(std::string_view definition, std::string_view expression) {
  for (std::size_t at = definition.find(expression); at != std::string_view::npos;
       at = definition.find(expression, at + 1)) {
    std::string_view rest = definition.substr(at + expression.size());
    while (rest.starts_with(')')) rest.remove_prefix(1);
    if (rest.starts_with(" COLLATE ")) return true;
  }
  return false;
}

}  // namespace schemadiff::schema::introspection
