// An error for people: message, place, line with a caret, hint.
#include <algorithm>

#include "cli/conninfo.h"
#include "cli/report/report.h"

namespace schemadiff::cli {
namespace {

constexpr std::size_t kWidest = 100;

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// The offset of the n-th character, n from 0.
std::size_t offset_of(const std::string& text, std::size_t n) {
  std::size_t at = 0;
  for (; at < text.size(); ++at)
    if (starts_character(text[at]) && n-- == 0) break;
  return at;
}

struct Excerpt {
  std::string line;
  std::size_t column;  // from 1
};

// The part of a long line round the column.
Excerpt excerpt(const std::string& line, std::size_t column) {
  const std::size_t size = display_width(line);
  if (size <= kWidest) return {line, column};
  const std::size_t first = column > kWidest / 2 ? column - kWidest / 2 : 0;
  const std::size_t begin = offset_of(line, first), end = offset_of(line, first + kWidest);
  std::string part = line.substr(begin, end - begin);
  if (end < line.size()) part += "…";
  return first ? Excerpt{"…" + part, column - first + 1} : Excerpt{part, column};
}

std::string caret_lines(const Error& error, const Terminal& terminal) {
  const auto [line, column] = excerpt(error.source_line, error.column);
  const std::string number = std::to_string(error.line);
  const std::string gutter(number.size(), ' ');
  std::string pad;
  const std::string before = line.substr(0, offset_of(line, column > 0 ? column - 1 : 0));
  for (const char c : before)
    if (starts_character(c)) pad += c == '\t' ? '\t' : ' ';
  return gutter + " |\n" + number + " | " + line + "\n" + gutter + " | " + pad +
         paint("^", Style::Red, terminal) + "\n";
}

}  // namespace

std::string error_text(const Error& error, const Terminal& terminal) {
  std::string text =
      paint("error:", Style::Red, terminal) + " " + without_secrets(error.message) + "\n";
  if (!error.file.empty()) {
    text += "  --> " + error.file;
    if (error.line) text += ":" + std::to_string(error.line);
    if (error.line && error.column) text += ":" + std::to_string(error.column);
    text += "\n";
    if (error.line && error.column && !error.source_line.empty())
      text += caret_lines(error, terminal);
  }
  if (!error.hint.empty())
    text += paint("hint:", Style::Bold, terminal) + " " + without_secrets(error.hint) + "\n";
  return text;
}

}  // namespace schemadiff::cli
