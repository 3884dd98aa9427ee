#include "cli/report/query_lines.h"

#include <algorithm>
#include <array>

#include "parser/split.h"

namespace schemadiff::cli {
namespace {

constexpr std::size_t kWidestLine = 72;  // of parentheses that stay in their line

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What begins a line; printed keywords are in upper case, names are not.
bool begins_line(std::string_view word, std::string_view before, bool between) {
  constexpr std::array<std::string_view, 5> kSides{"LEFT", "RIGHT", "FULL", "CROSS", "INNER"};
  constexpr std::array<std::string_view, 13> kClauses{
      "FROM",   "WHERE", "GROUP",  "HAVING",    "WINDOW", "ORDER", "LIMIT",
      "OFFSET", "UNION", "EXCEPT", "INTERSECT", "SELECT", "VALUES"};
  if (word == "JOIN") return !one_of(before, kSides) && before != "OUTER";
  if (word == "AND") return !between;
  return word == "OR" || one_of(word, kSides) || one_of(word, kClauses);
}

class Layout {
 public:
  void add(std::string_view text, std::size_t indent) {
    indent_ = indent;
    std::string_view before;
    bool between = false;
    for (std::size_t at = parser::skip_blank(text, 0); at < text.size();) {
      const std::size_t end = parser::skip_element(text, at);
      const std::string_view element = text.substr(at, end - at), word = parser::word_at(text, at);
      if (begins_line(word, before, between)) finish();
      between = word == "BETWEEN" || (between && word != "AND");
      if (element.front() == '(' && element.size() > kWidestLine) {
        line_ += '(';
        finish();
        add(element.substr(1, element.size() - 2), indent + 2);
        finish();
        indent_ = indent;
        line_ += ')';
      } else {
        line_ += element;
        if (element == ",") finish();
      }
      before = word;
      at = parser::skip_blank(text, end);
      if (at > end && !line_.empty()) line_ += ' ';
    }
  }

  std::vector<std::string> take() {
    finish();
    return std::move(lines_);
  }

 private:
  void finish() {
    line_.erase(line_.find_last_not_of(' ') + 1);
    if (!line_.empty()) lines_.push_back(std::string(indent_, ' ') + line_);
    line_.clear();
  }

  std::size_t indent_ = 0;
  std::string line_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> query_lines(std::string_view query) {
  Layout layout;
  layout.add(query, 0);
  return layout.take();
}

}  // namespace schemadiff::cli
