#include "parser/encoding.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace schemadiff::parser {
namespace {

// The words of a line in lower case, without quotes and punctuation: "set client_encoding latin1".
std::string words(std::string_view line) {
  std::string out;
  for (const char c : line) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-')
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (c != '\'' && !out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

// The encoding that the line sets; empty: it sets none.
std::string encoding_set_by(std::string_view line) {
  const std::string text = words(line);
  for (std::string_view start : {"set client_encoding to ", "set client_encoding "})
    if (text.starts_with(start)) return text.substr(start.size());
  return {};
}

void append_latin1(std::string& out, std::string_view line) {
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xC0 | (byte >> 6));
      out += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
}

}  // namespace

std::string to_utf8(std::string text) {
  const auto is_set = [&](std::size_t at) {
    constexpr std::string_view kName = "client_encoding";
    return std::equal(
        kName.begin(), kName.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
        [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); });
  };
  bool mentioned = false;
  for (std::size_t at = text.find('_'); at != std::string::npos && !mentioned;
       at = text.find('_', at + 1))
    mentioned = at >= 6 && at + 9 <= text.size() && is_set(at - 6);
  if (!mentioned) return text;

  std::string out;
  out.reserve(text.size());
  bool latin1 = false;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t newline = text.find('\n', start);
    const std::size_t end = newline == std::string::npos ? text.size() : newline + 1;
    const std::string_view line = std::string_view(text).substr(start, end - start);
    const std::string encoding = line.size() < 80 ? encoding_set_by(line) : std::string();
    if (!encoding.empty())
      latin1 = encoding == "latin1" || encoding == "iso88591" || encoding == "iso-8859-1";
    if (latin1)
      append_latin1(out, line);
    else
      out += line;
    start = end;
  }
  return out;
}

}  // namespace schemadiff::parser
