#include "cli/report/escape.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace schemadiff::cli {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// The length of the well-formed sequence at the beginning (Unicode, table 3-7); 0: there is none.
std::size_t sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return at(i) >= low && at(i) <= high;
  };
  const unsigned first = at(0);
  if (first < 0x80) return first >= 0x20 || first == '\n' || first == '\t' ? 1 : 0;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF)
    return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) &&
                   !text.starts_with("\xEF\xBF\xBE") && !text.starts_with("\xEF\xBF\xBF")
               ? 3
               : 0;
  if (first >= 0xF0 && first <= 0xF4)
    return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && follows(2) &&
                   follows(3)
               ? 4
               : 0;
  return 0;
}

std::string one_line(std::string_view text) {
  std::string line = readable(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

std::size_t longest_run(std::string_view text, char c) {
  std::size_t longest = 0, run = 0;
  for (const char other : text) {
    run = other == c ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string readable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length)
      result += text.substr(0, length);
    else if (text.front() != '\r')
      result += kReplacement;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result;
}

std::string printed(const nlohmann::ordered_json& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string markup(std::string_view text) {
  std::string result;
  for (const char c : readable(text)) switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  return result;
}

std::string markdown(std::string_view text) {
  static constexpr std::string_view kMarks = "\\`*_[]#|~$";
  std::string result;
  for (const char c : one_line(text)) {
    if (c == '&' || c == '<' || c == '>') {
      result += markup({&c, 1});
    } else {
      if (kMarks.find(c) != std::string_view::npos) result += '\\';
      result += c;
      if (c == '@') result += "\xE2\x80\x8B";  // a space of no width: nobody is called
    }
  }
  return result;
}

std::string markdown_code(std::string_view text) {
  std::string line = one_line(text);
  // A bar ends a cell even in code.
  for (std::size_t at = 0; (at = line.find('|', at)) != std::string::npos; at += 2)
    line.replace(at, 1, "\\|");
  if (line.find('`') == std::string::npos) return "`" + line + "`";
  const std::string fence(longest_run(line, '`') + 1, '`');
  return fence + " " + line + " " + fence;
}

std::string markdown_block(std::string_view language, std::string_view text) {
  std::string body = readable(text);
  const std::string fence(std::max<std::size_t>(3, longest_run(body, '`') + 1), '`');
  if (!body.ends_with('\n')) body += '\n';
  return fence + std::string(language) + "\n" + body + fence + "\n";
}

}  // namespace schemadiff::cli
